// Writes the starred texts in place of those that `collect.js` found.
(found, { texts, said }) => {
  for (const [at, text] of texts) found.nodes[at].data = text;
  const rules = [];
  for (const [at, text] of said) {
    const [element, name] = found.held[at];
    if (name === ".value") element.value = text;
    else if (name.startsWith("::")) {
      element.setAttribute("data-mingcha-cover", String(at));
      rules.push(`[data-mingcha-cover="${at}"]${name}{content:${text} !important}`);
    } else element.setAttribute(name, text);
  }
  if (rules.length) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(rules.join("\n"));
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  }
}
