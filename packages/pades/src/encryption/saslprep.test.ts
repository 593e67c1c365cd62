import { expect } from 'chai';
import { saslprep } from './saslprep.js';

describe('saslprep', () => {
  it('maps and normalizes as RFC 4013 shows it', () => {
    expect(saslprep('I\u00adX')).to.equal('IX');
    expect(saslprep('user')).to.equal('user');
    expect(saslprep('USER')).to.equal('USER');
    expect(saslprep('\u00aa')).to.equal('a');
    expect(saslprep('\u2168')).to.equal('IX');
  });

  it('makes one space of every space, and nothing of what is not seen', () => {
    expect(saslprep('a\u3000b\u00a0c')).to.equal('a b c');
    expect(saslprep('S\u00aaSL\u00adprep\ufeff')).to.equal('SaSLprep');
  });
});
