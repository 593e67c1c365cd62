import type { Meta } from '@storybook/web-components-vite';
import { expect } from 'storybook/test';
import { fresh } from './kit/prepare.js';
import { base, from, play } from './kit/stage.js';
import type { Args, Stage, Story } from './kit/stage.js';
import { blankPaper, chooseFile, drawnSeal, pngHeader, write } from './kit/seals.js';
import { all, click, find, inside, openSeal, seal, shows, showsHeading, toDocuments, type, until } from './kit/steps.js';

/** 署名画像の選択: from text, from a picture, by hand. */
const meta: Meta<Args> = { ...base, title: 'Screens/06 Seal' };
export default meta;

/** Opens the dialog of the first seal, then does what the story is about. */
const inDialog = (act: (stage: Stage) => Promise<void> = async () => undefined) =>
  play(async (stage) => {
    await toDocuments(stage);
    await openSeal(stage);
    await act(stage);
    await showsHeading(stage, { ja: '署名画像の選択', en: 'Choose a signature image' });
  });
const choose = (ja: string, en: string) => async (stage: Stage): Promise<void> => {
  (await find(stage.element, 'radio', stage.lang === 'ja' ? ja : en)).click();
};
const write2 = (text: string) => async ({ element, words }: Stage): Promise<void> => type(await find(element, 'textbox', words.sealText), text);

export const Square: Story = { ...from(fresh()), play: inDialog() };
export const SquareDark: Story = { ...from(fresh()), args: { theme: 'dark' }, play: inDialog() };
export const Phone: Story = { ...from(fresh()), globals: { viewport: { value: 'phone' } }, play: inDialog() };
export const English: Story = { ...from(fresh()), args: { lang: 'en' }, play: inDialog() };
export const PhoneOnItsSide: Story = { ...from(fresh()), globals: { viewport: { value: 'phoneOnItsSide' } }, play: inDialog() };
export const Round: Story = {
  ...from(fresh()),
  play: inDialog(async (stage) => {
    await write2('株式会社山田建設\n代表取締役印')(stage);
    await choose('丸印', 'Round seal')(stage);
  }),
};
export const Name: Story = {
  ...from(fresh()),
  play: inDialog(async (stage) => {
    await write2('山田')(stage);
    await choose('認印', 'Name seal')(stage);
  }),
};
export const TextOnlyBlack: Story = {
  ...from(fresh()),
  play: inDialog(async (stage) => {
    await choose('文字のみ', 'Text only')(stage);
    await choose('黒', 'Black')(stage);
  }),
};
export const Horizontal: Story = {
  ...from(fresh()),
  play: inDialog(async (stage) => {
    await write2('株式会社\n山田建設')(stage);
    await choose('横', 'Horizontal')(stage);
  }),
};
export const RareCharacters: Story = { ...from(fresh()), play: inDialog(write2('㈱髙﨑\n𠮷田商会')) };

/** The device has no glyph for a character. */
export const MissingGlyph: Story = {
  ...from(fresh()),
  play: inDialog(async (stage) => {
    await write2('山田\u{10ffff}')(stage);
    await shows(stage, { ja: 'この端末の書体に', en: 'The fonts of this device lack' });
  }),
};

export const NoText: Story = {
  ...from(fresh()),
  play: inDialog(async (stage) => {
    await write2('')(stage);
    await click(stage, 'button', stage.words.useSeal);
    await shows(stage, { ja: '印影にする文字を入力してください。', en: 'Enter the text of the seal.' });
  }),
};

const picture = (act: (stage: Stage) => Promise<void> = async () => undefined) =>
  inDialog(async (stage) => {
    await click(stage, 'tab', stage.words.fromPicture);
    await until(() => inside(stage.element, 'sky-seal-image'), 'the panel');
    await act(stage);
  });
export const Picture: Story = { ...from(fresh()), play: picture((stage) => shows(stage, { ja: '白い部分は透明になります。', en: 'White becomes transparent.' })) };
export const PictureChosen: Story = {
  ...from(fresh()),
  play: picture(async (stage) => {
    chooseFile(stage, await drawnSeal());
    await shows(stage, { ja: '白を消す強さ', en: 'Remove white' });
  }),
};
const refuses = (file: () => File | Promise<File>, ja: string, en: string) =>
  picture(async (stage) => {
    chooseFile(stage, await file());
    await shows(stage, { ja, en });
  });
/** An SVG could hold scripts. */
export const PictureRefused: Story = {
  ...from(fresh()),
  play: refuses(() => new File(['<svg xmlns="http://www.w3.org/2000/svg"/>'], 'seal.svg', { type: 'image/svg+xml' }), 'この種類のファイルは使えません。', 'This kind of file cannot be used.'),
};
export const PictureOfTooManyBytes: Story = {
  ...from(fresh()),
  play: refuses(() => new File([new Uint8Array(5 * 1024 * 1024 + 1)], '角印.png', { type: 'image/png' }), 'ファイルが 5 MB を超えています。', 'The file is larger than 5 MB.'),
};
export const PictureOfTooManyPixels: Story = {
  ...from(fresh()),
  play: refuses(() => pngHeader(4001, 4000), '画像が大きすぎます（1600万画素まで）。', 'The picture is too large (up to 16 megapixels).'),
};
/** It begins as a picture, and then there is nothing. */
export const PictureBroken: Story = {
  ...from(fresh()),
  play: refuses(() => pngHeader(480, 480), '画像を読み取れませんでした。', 'The picture cannot be read.'),
};
/** White paper alone. */
export const PictureBlank: Story = {
  ...from(fresh()),
  args: { lang: 'en' },
  play: refuses(blankPaper, '画像に印影が見つかりませんでした。', 'No seal was found in the picture.'),
};
export const NoFile: Story = {
  ...from(fresh()),
  globals: { viewport: { value: 'phone' } },
  play: picture(async (stage) => {
    await click(stage, 'button', stage.words.useSeal);
    await shows(stage, { ja: '署名画像のファイルを選んでください。', en: 'Choose a file with your signature image.' });
  }),
};

const byHand = (act: (stage: Stage) => Promise<void> = async () => undefined) =>
  inDialog(async (stage) => {
    await click(stage, 'tab', stage.words.byHand);
    await until(() => inside(stage.element, 'sky-seal-pad'), 'the pad');
    await shows(stage, { ja: '1画戻す', en: 'Undo stroke' });
    await act(stage);
  });
export const Handwriting: Story = { ...from(fresh()), play: byHand() };
export const Handwritten: Story = { ...from(fresh()), play: byHand(write) };
export const HandwrittenDark: Story = { ...from(fresh()), args: { theme: 'dark' }, play: byHand(write) };
export const HandwrittenOnPhone: Story = { ...from(fresh()), globals: { viewport: { value: 'phone' } }, play: byHand(write) };
export const NothingWritten: Story = {
  ...from(fresh()),
  play: byHand(async (stage) => {
    await click(stage, 'button', stage.words.useSeal);
    await shows(stage, { ja: '枠の中に署名を書いてください。', en: 'Write your signature inside the frame.' });
  }),
};

/** Closing would lose what was written. */
export const DiscardQuestion: Story = {
  ...from(fresh()),
  play: byHand(async (stage) => {
    await write(stage);
    (await until(() => all(stage.element, 'button', stage.words.cancel).at(-1), 'the button')).click();
    await shows(stage, { ja: '作成中の署名画像を破棄しますか', en: 'Discard this signature image?' });
  }),
};

/** The second place offers the seal of the first. */
export const UsedBefore: Story = {
  ...from(fresh()),
  play: play(async (stage) => {
    await toDocuments(stage);
    await seal(stage, stage.words.seal1);
    await openSeal(stage, stage.words.seal2);
    await shows(stage, { ja: '同じ署名画像を使う', en: 'Use the same image' });
  }),
};

/** A seal that stands can be changed or taken off. */
export const Change: Story = {
  ...from(fresh()),
  play: play(async (stage) => {
    await toDocuments(stage);
    await seal(stage, stage.words.seal1);
    await openSeal(stage, stage.words.seal1);
    await shows(stage, { ja: '署名画像を外す', en: 'Remove the seal' });
    await expect(inside(stage.element, 'sky-seal-preview')).toBeTruthy();
  }),
};
