// What is needed only once an envelope is open; loaded then.
import './define.js';

export { announce } from './announce.js';
export { answerRequests } from './answer-requests.js';
export { renderEnvelope, renderProgress } from './render-envelope.js';
