const size = (name: string, width: number, height: number) => ({ name: `${name} ${String(width)} × ${String(height)}`, styles: { width: `${String(width)}px`, height: `${String(height)}px` } });

/** The sizes that the screens are looked at in: wide, medium, narrow, low, and the narrowest that has to work. */
export const screens = {
  desktop: { ...size('Desktop', 1280, 860), type: 'desktop' },
  tablet: { ...size('Tablet', 768, 1024), type: 'tablet' },
  phone: { ...size('Phone', 360, 740), type: 'mobile' },
  phoneOnItsSide: { ...size('Phone on its side', 740, 360), type: 'mobile' },
  smallest: { ...size('Smallest', 320, 640), type: 'mobile' },
} as const;
