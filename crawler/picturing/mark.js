// Frames a menu, a row or a link by overlays that take no part in the layout; says where they are, in page pixels, and
// whether what was sought lies folded away below what is framed.
({ kind, labels, url, more, colour }) => {
  const plain = (text) => (text || "").replace(/[\s\u00a0\u3000]+/g, "").replace(/(?:\.{2,}|…+)$/, "");
  const wanted = labels.map(plain).filter(Boolean);
  const across = Math.max(document.documentElement.scrollWidth, innerWidth);
  const down = Math.max(document.documentElement.scrollHeight, innerHeight);
  const boxOf = (element) => {
    let box = element.getBoundingClientRect();
    for (const inner of element.querySelectorAll("img,span,p,div")) {
      const other = inner.getBoundingClientRect();
      if (box.width * box.height < 1 && other.width * other.height >= 1) box = other;
    }
    const style = getComputedStyle(element);
    if (box.width < 2 || box.height < 2 || style.visibility !== "visible" || style.opacity === "0") return null;
    const [left, top] = [box.left + scrollX, box.top + scrollY];
    if (left + box.width < 1 || top + box.height < 1 || left > across - 1 || top > down - 1) return null;
    for (let above = element.parentElement; above && above !== document.body; above = above.parentElement) {
      const way = getComputedStyle(above), clip = above.getBoundingClientRect();
      if (way.opacity === "0" || way.clipPath !== "none") return null;
      if (way.overflow !== "visible" && (box.bottom <= clip.top + 1 || box.top >= clip.bottom - 1)) return null;
    }
    return { left, top, right: left + box.width, bottom: top + box.height };
  };
  const around = (boxes) => ({
    left: Math.min(...boxes.map((one) => one.left)), top: Math.min(...boxes.map((one) => one.top)),
    right: Math.max(...boxes.map((one) => one.right)), bottom: Math.max(...boxes.map((one) => one.bottom)),
  });
  const spoken = (anchor) =>
    [anchor.textContent, anchor.getAttribute("title"), anchor.querySelector("img")?.alt].map(plain).filter(Boolean);
  const bare = (address) => address.replace(/#.*$/, "");
  const anchors = [...document.querySelectorAll("a,area,[onclick],[role=link],[role=menuitem],[role=tab]")];
  const leaves = () => [...document.querySelectorAll("body *")].filter((one) => !one.childElementCount);

  const CRUMBS = /(?:当前|所在|您的?)位置|您现在|位置[:：]/;
  const isCrumb = (one) => {
    for (let above = one, step = 0; above && above !== document.body && step < 4; above = above.parentElement, step++) {
      if (/crumb|curpos|dqwz|weizhi|(?:^|[\s_-])(?:position|location)(?![\w-])/i.test(above.className + " " + above.id)) return true;
      const text = plain(above.textContent);
      if (above !== one && CRUMBS.test(text.slice(0, 12)) && text.length < 150)
        if (above.getBoundingClientRect().height <= 60) return true; // a line or two: not all that follows it
    }
    return false;
  };
  // of an element that does not show: the link that does, in the nearest element around it that shows
  const openerOf = (one) => {
    for (let above = one.parentElement; above && above !== document.body; above = above.parentElement) {
      if (!boxOf(above)) continue;
      const heads = [...above.querySelectorAll("a,[onclick],span,h2,h3,h4")].filter((head) => !isCrumb(head));
      for (const head of heads) {
        const before = head.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING;
        if (before && !head.contains(one) && plain(head.textContent) && boxOf(head)) return head;
      }
    }
    return null;
  };

  const link = () => {
    const byUrl = url ? anchors.filter((one) => one.href && bare(String(one.href)) === bare(url)) : [];
    const media = url ? [...document.querySelectorAll("img,video,audio,embed,iframe")].filter((one) => one.src === url) : [];
    const byName = wanted.flatMap((label) => anchors.filter((one) => spoken(one).includes(label)));
    const byWord = wanted.flatMap((label) => leaves().filter((one) => plain(one.textContent) === label));
    const found = [...byUrl, ...media, ...byName, ...byWord];
    for (const one of [...found.filter((one) => !isCrumb(one)), ...found]) {
      const box = boxOf(one);
      if (box) return { boxes: [box], folded: false };
    }
    const opener = found.map(openerOf).find(Boolean);
    return { boxes: opener ? [boxOf(opener)] : [], folded: true };
  };

  const row = () => {
    const title = wanted[0] || "";
    const head = title.slice(0, 12);
    const byUrl = url ? anchors.filter((one) => one.href && bare(String(one.href)) === bare(url)) : [];
    const told = byUrl.filter((one) => head && spoken(one).some((text) => text.includes(head)));
    const byWord = head ? [...anchors, ...leaves()].filter((one) => spoken(one).some((text) => text.includes(head))) : [];
    for (const one of [...told, ...byUrl, ...byWord]) {
      let box = boxOf(one), line = one;
      if (!box) continue;
      for (let step = 0; step < 4 && line.parentElement && line.parentElement !== document.body; step++) {
        line = line.parentElement;
        const wider = boxOf(line);
        if (!wider || wider.bottom - wider.top > 160 || line.querySelectorAll("a").length > 3) break;
        box = wider;
        if (/^(?:LI|TR|DD)$/.test(line.tagName) || (more && plain(line.textContent).includes(plain(more)))) break;
      }
      return { boxes: [box], folded: false };
    }
    return { boxes: [], folded: false };
  };

  const menu = () => {
    const names = new Set(wanted);
    const of = (one) => spoken(one).filter((text) => names.has(text));
    let found = anchors.filter((one) => of(one).length && !isCrumb(one));
    if (found.length < 2) found = leaves().filter((one) => names.has(plain(one.textContent)) && !isCrumb(one));
    if (!found.length) return { boxes: [], folded: false };
    const shown = found.map((one) => [one, boxOf(one)]).filter(([, box]) => box);
    const told = (some) => new Set(some.flatMap(of)).size;
    if (told(shown.map(([one]) => one)) < told(found) / 2) {
      const openers = new Map();
      for (const one of found) {
        const opener = boxOf(one) ? null : openerOf(one);
        if (opener) openers.set(opener, (openers.get(opener) || 0) + 1);
      }
      const [best] = [...openers.entries()].sort((one, other) => other[1] - one[1])[0] || [];
      if (best) return { boxes: [boxOf(best)], folded: true };
    }
    const holds = new Map();
    for (const [one, box] of shown)
      for (let above = one; above && above !== document.body; above = above.parentElement)
        holds.set(above, [...(holds.get(above) || []), box]);
    const close = [...holds.values()].filter((boxes) => boxes.length > 1 && boxes.length >= 0.6 * shown.length);
    const area = (box) => (box.right - box.left) * (box.bottom - box.top);
    const best = close.map(around).sort((one, other) => area(one) - area(other))[0];
    if (best && area(best) <= 0.35 * across * Math.min(down, 2000)) return { boxes: [best], folded: false };
    return { boxes: shown.map(([, box]) => box), folded: false }; // all over the page: each is framed by itself
  };

  const { boxes, folded } = { menu, row, link }[kind]();
  const pad = kind === "menu" && boxes.length === 1 ? 5 : 2;
  const drawn = [];
  for (const box of boxes.slice(0, 120)) {
    const left = Math.max(0, Math.floor(box.left) - pad), top = Math.max(0, Math.floor(box.top) - pad);
    const right = Math.min(across, Math.ceil(box.right) + pad), bottom = Math.min(down, Math.ceil(box.bottom) + pad);
    const over = document.createElement("mingcha-mark");
    const set = (name, value) => over.style.setProperty(name, value, "important");
    set("all", "initial"); set("position", "absolute"); set("display", "block"); set("box-sizing", "border-box");
    set("left", left + "px"); set("top", top + "px"); set("width", right - left + "px"); set("height", bottom - top + "px");
    set("border", (boxes.length > 1 ? 2 : 3) + "px " + (folded ? "dashed " : "solid ") + colour); set("border-radius", "3px");
    set("background", colour + "14"); set("pointer-events", "none"); set("z-index", "2147483647");
    document.documentElement.appendChild(over);
    const real = over.getBoundingClientRect(); // where the root element is itself positioned, the overlay follows it
    set("left", 2 * left - (real.left + scrollX) + "px"); set("top", 2 * top - (real.top + scrollY) + "px");
    drawn.push({ left, top, right, bottom });
  }
  return { boxes: drawn, folded };
}
