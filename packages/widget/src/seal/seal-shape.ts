/** 角印, 丸印, 認印, 文字のみ. */
export const sealShapes = ['square', 'round', 'name', 'plain'] as const;
export type SealShape = (typeof sealShapes)[number];
