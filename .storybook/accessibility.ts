const hostPage = [
  // Storybook's page around the element is the host's part: its landmarks, and a heading where the element is only a piece of the page.
  { id: 'region', enabled: false },
  { id: 'landmark-one-main', enabled: false },
  { id: 'page-has-heading-one', enabled: false },
];

/**
 * What axe looks for in every story: WCAG 2.2 A and AA, and its best practices. A violation fails `npm run test:stories`.
 * The only place where rules are switched off, each with its reason.
 */
export const accessibility = {
  test: 'error',
  options: { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] },
  config: {
    rules: hostPage,
  },
};

/** Of the two stories with an open menu: what it lies over is half covered, so axe finds too little of it to press. */
export const underMenu = { ...accessibility, config: { rules: [...hostPage, { id: 'target-size', enabled: false }] } };
