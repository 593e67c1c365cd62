/** A look made of tokens only: custom properties of `<sky-sign>`, for light and dark in one. */
export type Brand = Readonly<Record<`--sky-${string}`, string>>;

/**
 * Three looks to choose from the toolbar. `light-dark()` takes the colour for the theme that the element shows; without it, a
 * page with one theme writes one colour. Each text and its ground keep 4.5:1, each edge 3:1.
 */
export const brands = {
  none: {},
  forest: {
    '--sky-color-primary': 'light-dark(#1b5e3b, #8fd6ad)',
    '--sky-color-primary-hover': 'light-dark(#12462b, #b5e6ca)',
    '--sky-color-primary-active': 'light-dark(#0a2e1b, #d6f3e2)',
    '--sky-color-on-primary': 'light-dark(#ffffff, #06301a)',
    '--sky-color-tint': 'light-dark(#e9f5ee, #26372e)',
    '--sky-color-hover': 'light-dark(#cfe8da, #34483d)',
  },
  plum: {
    '--sky-color-primary': 'light-dark(#7a1f5c, #eeb0d8)',
    '--sky-color-primary-hover': 'light-dark(#5e1546, #f6cfe8)',
    '--sky-color-primary-active': 'light-dark(#420d30, #fbe4f3)',
    '--sky-color-on-primary': 'light-dark(#ffffff, #3a0a2a)',
    '--sky-color-tint': 'light-dark(#fbeef6, #3a2a34)',
    '--sky-color-hover': 'light-dark(#f3d6e8, #4b3744)',
    '--sky-radius': '24px',
    '--sky-radius-large': '24px',
  },
  ink: {
    '--sky-color-primary': 'light-dark(#1a1a1a, #f2f2f2)',
    '--sky-color-primary-hover': 'light-dark(#4d4d4d, #cccccc)',
    '--sky-color-primary-active': 'light-dark(#000000, #ffffff)',
    '--sky-color-on-primary': 'light-dark(#ffffff, #1a1a1a)',
    '--sky-color-tint': 'light-dark(#f2f2f2, #333333)',
    '--sky-color-hover': 'light-dark(#e6e6e6, #4d4d4d)',
    '--sky-radius': '0',
    '--sky-radius-large': '0',
    '--sky-font': "'Noto Serif JP', 'Hiragino Mincho ProN', 'Yu Mincho', 'Noto Serif CJK JP', serif",
  },
} as const satisfies Record<string, Brand>;
export type BrandName = keyof typeof brands;
