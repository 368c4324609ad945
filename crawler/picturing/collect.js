// All text that a document shows, in order: text nodes, attributes, written content before and after elements.
() => {
  const SKIPPED = new Set(["SCRIPT", "STYLE", "NOSCRIPT", "TEMPLATE", "HEAD"]);
  const UNSHOWN = /^(?:href|src|srcset|style|class|id|action|on.*)$/i;
  const DIGITS = /[0-9０-９](?:[^]{0,3}[0-9０-９]){9}/;
  const nodes = [], texts = [], joined = [], held = [], said = [];
  const blocks = new Map();
  const blockOf = (element) => {
    if (!element) return null;
    if (!blocks.has(element)) {
      const display = getComputedStyle(element).display;
      const flows = display === "inline" || display === "contents" || display === "ruby";
      blocks.set(element, flows && element.parentElement ? blockOf(element.parentElement) : element);
    }
    return blocks.get(element);
  };
  let last = null, broken = true;
  const attribute = (element, name, value) => {
    if (value && DIGITS.test(value)) { held.push([element, name]); said.push(value); }
  };
  const element = (one) => {
    for (const { name, value } of one.attributes) if (!UNSHOWN.test(name)) attribute(one, name, value);
    if (/^(?:INPUT|TEXTAREA)$/.test(one.tagName)) attribute(one, ".value", one.value);
    for (const where of ["::before", "::after"]) {
      const content = getComputedStyle(one, where).content;
      if (content.length > 10) attribute(one, where, content);
    }
  };
  // no TreeWalker with a filter: where scripts are off, the browser calls no callback of ours
  const walk = (root) => {
    let node = root.firstChild;
    while (node) {
      const enters = !SKIPPED.has(node.nodeName);
      if (enters && node.nodeType === Node.TEXT_NODE) {
        const block = blockOf(node.parentElement);
        nodes.push(node);
        texts.push(node.data);
        joined.push(!broken && block === last);
        [last, broken] = [block, false];
      } else if (enters && node.nodeType === Node.ELEMENT_NODE) {
        if (/^(?:BR|TD|TH)$/.test(node.tagName)) broken = true;
        element(node);
        if (node.shadowRoot) { broken = true; walk(node.shadowRoot); broken = true; }
      }
      if (enters && node.firstChild) { node = node.firstChild; continue; }
      while (node && node !== root && !node.nextSibling) node = node.parentNode;
      node = !node || node === root ? null : node.nextSibling;
    }
  };
  if (document.documentElement) walk(document);
  return { nodes, texts, joined, held, said };
}
