// The server alone, without the demo.
import { StartError } from './config.js';
import { startServer } from './start-server.js';

try {
  const { url, development } = await startServer({ assets: (process.env['ASSETS'] ?? '').split(',').filter(Boolean), signals: true });
  console.log(`sky-sign on ${url}`);
  if (development) console.log(`Development API key: ${development.apiKey}\nDevelopment TSA: ${development.tsa}\nRoot to trust: ${development.rootPem}`);
} catch (error) {
  if (!(error instanceof StartError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
