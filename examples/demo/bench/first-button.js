// Waits for the first filled button, through shadow roots, and gives its middle. Runs in the page, without the driver's own
// means of finding things, which would stand in the renderer's memory (3 MB) beside the element and not beside its peers.
(async () => {
  const everything = (root) => [...root.querySelectorAll('*')].flatMap((each) => [each, ...(each.shadowRoot ? everything(each.shadowRoot) : [])]);
  for (;;) {
    const button = everything(document).find((each) => each.matches('button.fill') && each.offsetParent);
    if (button) {
      // Nobody reads faster.
      await new Promise((resolve) => setTimeout(resolve, 500));
      const { left, top, width, height } = button.getBoundingClientRect();
      return [left + width / 2, top + height / 2];
    }
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
})();
