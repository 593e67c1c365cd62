import type { Meta } from '@storybook/web-components-vite';
import { fresh } from './kit/prepare.js';
import { base, from, play } from './kit/stage.js';
import type { Args, Story } from './kit/stage.js';
import { showsHeading } from './kit/steps.js';

/**
 * The whole journey, to click through; nothing runs outside the page. The access code is 4126. Only the last button wants a
 * person's own press, so the plays of the other stories stop before it.
 */
const meta: Meta<Args> = { ...base, title: 'Journey' };
export default meta;

const begins = play((stage) => showsHeading(stage, { ja: 'アクセスコードの入力', en: 'Enter access code' }));
export const Contract: Story = { ...from(fresh()), play: begins };
export const SlowNetwork: Story = { ...from(fresh()), args: { scenario: 'slow' }, play: begins };
/** The act is accepted and stays 受け付けました. */
export const TimestampAuthorityDown: Story = { ...from(fresh()), args: { scenario: 'tsa-down' }, play: begins };
/** An approver reads and approves. */
export const Approval: Story = { ...from(fresh('approval')), play: begins };
/** A form with fields of its own, without access code. */
export const Form: Story = { ...from(fresh('form')), play: play((stage) => showsHeading(stage, { ja: '電子契約のお願い', en: 'Electronic contract' })) };
