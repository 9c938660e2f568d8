// What a reader would stumble over, as a list of sentences; an empty list is a sound page.
(() => {
  const found = [];
  const view = document.documentElement.clientWidth;

  const channels = (text) => {
    const numbers = text.match(/[\d.]+/g).map(Number);
    return { rgb: numbers.slice(0, 3), alpha: numbers.length > 3 ? numbers[3] : 1 };
  };
  const luminance = (rgb) => {
    const [r, g, b] = rgb.map((one) => one / 255)
      .map((one) => (one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (one, other) => {
    const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const color = channels(getComputedStyle(at).backgroundColor);
      if (color.alpha === 1) return color.rgb;
    }
    return [255, 255, 255];
  };
  const scrolls = (element) => {
    for (let at = element; at; at = at.parentElement) {
      if (["auto", "scroll", "hidden"].includes(getComputedStyle(at).overflowX)) return true;
    }
    return false;
  };

  if (document.documentElement.scrollWidth > view) {
    found.push(`overflow: the page is ${document.documentElement.scrollWidth} wide in ${view}`);
  }
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = node.data.trim();
    const element = node.parentElement;
    if (!text || ["title", "desc"].includes(element.localName)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    if (!box.width || !box.height) continue;
    const style = getComputedStyle(element);
    const ink = channels(element instanceof SVGElement ? style.fill : style.color);
    const ratio = ink.alpha === 1 ? contrast(ink.rgb, ground(element)) : 0;
    if (ratio < 4.5) found.push(`contrast: ${ratio.toFixed(2)} of "${text.slice(0, 40)}"`);
    if (parseFloat(style.fontSize) < 8) found.push(`small: "${text.slice(0, 40)}"`);
    if ((box.right > view + 1 || box.left < -1) && !scrolls(element)) {
      found.push(`overflow: "${text.slice(0, 40)}" from ${box.left} to ${box.right} of ${view}`);
    }
  }
  // Names of one picture must not lie on each other.
  for (const picture of document.querySelectorAll("svg.chart")) {
    const texts = [...picture.querySelectorAll("text")].filter((one) => one.textContent)
      .map((one) => [one.textContent, one.getBoundingClientRect()])
      .filter(([, box]) => box.width && box.height);
    for (const [at, [text, a]] of texts.entries()) {
      for (const [other, b] of texts.slice(at + 1)) {
        const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        if (across > 2 && down > 4) found.push(`overlap: "${text}" and "${other}"`);
      }
    }
  }
  return found;
})()
