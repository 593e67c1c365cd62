import { importMasterKey } from '../../keys/key-ring.js';
import { rotateKeys } from '../../keys/rotate-keys.js';
import { StartError } from '../config.js';
import { withData } from './command.js';
import type { Command } from './command.js';

export const keysRotate: Command = {
  usage: 'keys rotate',
  about: 'makes new keys for what is written from now on; NEW_MASTER_KEY, where it is set, becomes what all keys are wrapped under',
  run: (_words, io) =>
    withData(io, async ({ crypto, store, masterKey }) => {
      const text = io.env['NEW_MASTER_KEY'];
      const raw = text === undefined ? undefined : Uint8Array.from(Buffer.from(text, 'base64'));
      if (raw && raw.length !== 32) throw new StartError('NEW_MASTER_KEY must be 32 random bytes in base64: openssl rand -base64 32');
      const newMasterKey = raw ? await importMasterKey(crypto, raw) : masterKey;
      const count = await rotateKeys({ crypto, store, masterKey, newMasterKey });
      io.out(`${String(count)} keys were wrapped anew. Start the server again${raw ? ' with MASTER_KEY set to the new one' : ''} to use the new keys.`);
      return 0;
    }),
};
