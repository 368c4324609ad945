// Runs before the page's own scripts: what would differ from one showing to the next is made the same.
(() => {
  let state = 20211130;
  const next = () => (state = (state * 48271) % 2147483647) / 2147483647;
  Math.random = next;
  const began = Date.now();
  Object.defineProperty(performance, "now", { value: () => Date.now() - began, configurable: true });
  if (globalThis.Crypto) {
    Crypto.prototype.getRandomValues = function (array) {
      const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
      for (let at = 0; at < bytes.length; at++) bytes[at] = Math.floor(next() * 256);
      return array;
    };
    Crypto.prototype.randomUUID = () =>
      "00000000-0000-4000-8000-" + Math.floor(next() * 2 ** 44).toString(16).padStart(12, "0");
  }
})();
