// The server alone, without the demo; with words, one of its commands.
import { runCommand } from './commands/run-command.js';
import { StartError } from './config.js';
import { startServer } from './start-server.js';

try {
  const code = await runCommand(process.argv.slice(2), { env: process.env, out: (line) => console.log(line) });
  if (code === undefined) await serve();
  else process.exitCode = code;
} catch (error) {
  if (!(error instanceof StartError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

async function serve(): Promise<void> {
  const { url, development } = await startServer({ signals: true });
  console.log(`sky-sign on ${url}`);
  if (development) console.log(`Development API key: ${development.apiKey}\nDevelopment TSA: ${development.tsa}\nRoot to trust: ${development.rootPem}`);
}
