/** Widths of texts, so that boxes can be laid out before they are drawn. */
const family = "'Inter Variable', system-ui, sans-serif";
export const fonts = {
  name: `560 13px ${family}`,
  detail: `400 11px ${family}`,
  label: `450 11px ${family}`,
};

const canvas = document.createElement('canvas').getContext('2d');
const known = new Map<string, number>();

export function widthOf(text: string, font: keyof typeof fonts): number {
  const key = `${font}:${text}`;
  let width = known.get(key);
  if (width === undefined) {
    if (canvas) canvas.font = fonts[font];
    width = Math.ceil(canvas?.measureText(text).width ?? text.length * 7);
    if (known.size > 5000) known.clear();
    known.set(key, width);
  }
  return width;
}
