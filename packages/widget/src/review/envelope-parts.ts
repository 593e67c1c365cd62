// What is needed only once an envelope is open; loaded then.
import './define.js';

export { answerRequests } from './answer-requests.js';
export { renderEnvelope, renderProgress } from './render-envelope.js';
