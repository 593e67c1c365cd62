// Boxes on pages: placed by a button, moved and resized by pointer or keys.
import { element } from './elements.js';

export const kindNames = { signature: '署名', text: 'テキスト', checkbox: 'チェック', date: '日付' };
/** Width and height in points. */
const sizes = { signature: [70, 70], text: [180, 24], checkbox: [16, 16], date: [120, 24] };
const smallest = 10;

/** Puts a box onto a drawn page and keeps `place.box` (CSS pixels) up to date. */
export function addPlace({ holder, page, place, onRemove }) {
  const [width, height] = sizes[place.kind].map((points) => points * page.pixelsPerPoint);
  place.box ??= { x: (page.width - width) / 2, y: Math.min(page.height - height, page.height / 3), width, height };
  place.page = page;
  const grip = element('i');
  const box = element('button', { type: 'button', class: `place who-${place.person % 5}`, pointerdown: (event) => drag(event), keydown: (event) => press(event) }, kindNames[place.kind], grip);
  place.element = box;
  const show = () => {
    const { x, y, width: wide, height: high } = place.box;
    Object.assign(box.style, { left: `${x}px`, top: `${y}px`, width: `${wide}px`, height: `${high}px` });
    box.setAttribute('aria-label', `${kindNames[place.kind]}、${place.number}ページ、左から${Math.round(x / page.pixelsPerPoint)}ポイント、上から${Math.round(y / page.pixelsPerPoint)}ポイント`);
  };
  const change = (next) => {
    const wide = Math.max(smallest, Math.min(next.width, page.width));
    const high = Math.max(smallest, Math.min(next.height, page.height));
    place.box = { width: wide, height: high, x: Math.max(0, Math.min(next.x, page.width - wide)), y: Math.max(0, Math.min(next.y, page.height - high)) };
    show();
  };

  function drag(event) {
    const resize = event.target === grip;
    const start = { ...place.box };
    const from = { x: event.clientX, y: event.clientY };
    box.setPointerCapture(event.pointerId);
    const move = (to) => {
      const [dx, dy] = [to.clientX - from.x, to.clientY - from.y];
      change(resize ? { ...start, width: start.width + dx, height: start.height + dy } : { ...start, x: start.x + dx, y: start.y + dy });
    };
    box.addEventListener('pointermove', move);
    box.addEventListener('lostpointercapture', () => box.removeEventListener('pointermove', move), { once: true });
  }

  function press(event) {
    const step = (event.shiftKey ? 20 : 2) * page.pixelsPerPoint;
    const way = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] }[event.key];
    if (event.key === 'Delete' || event.key === 'Backspace') {
      event.preventDefault();
      box.remove();
      onRemove(place);
    } else if (way) {
      event.preventDefault();
      const [dx, dy] = way;
      change(event.altKey ? { ...place.box, width: place.box.width + dx, height: place.box.height + dy } : { ...place.box, x: place.box.x + dx, y: place.box.y + dy });
    }
  }

  show();
  holder.append(box);
  return box;
}
