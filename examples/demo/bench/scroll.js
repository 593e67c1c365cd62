// Scrolls to the end, 60 pixels a frame; counts frames over 50 ms, and what is painted at most. Runs in the page.
(async () => {
  const everything = (root) => [...root.querySelectorAll('*')].flatMap((each) => [each, ...(each.shadowRoot ? everything(each.shadowRoot) : [])]);
  const [scroller] = everything(document)
    .filter((each) => each.scrollHeight > each.clientHeight * 3 && /auto|scroll/.test(getComputedStyle(each).overflowY))
    .sort((a, b) => b.scrollHeight - a.scrollHeight);
  if (!scroller) throw new Error('Nothing scrolls.');
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  let [frames, late, canvases, pixels] = [0, 0, 0, 0];
  for (let before = await frame(); scroller.scrollTop + scroller.clientHeight < scroller.scrollHeight - 2; frames += 1) {
    scroller.scrollTop += 60;
    const now = await frame();
    if (now - before > 50) late += 1;
    before = now;
    if (frames % 20 > 0) continue;
    const painted = everything(document).filter(({ localName }) => localName === 'canvas');
    canvases = Math.max(canvases, painted.length);
    pixels = Math.max(pixels, painted.reduce((sum, { width, height }) => sum + width * height, 0));
    before = await frame();
  }
  return { frames, late, canvases, megabytes: (pixels * 4) / 2 ** 20 };
})();
