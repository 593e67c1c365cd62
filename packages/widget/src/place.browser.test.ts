import { expect } from 'chai';
import { Place } from './place.js';

/** A place of an element that is on the page. */
function place(server: string, id = ''): Place {
  const host = Object.assign(document.createElement('p'), { id, server, addController: () => undefined });
  document.body.append(host);
  const made = new Place(host as unknown as ConstructorParameters<typeof Place>[0]);
  made.hostConnected();
  return made;
}

describe('the place of an element among several', () => {
  it('has no name where there is one', () => {
    expect(place('https://one.example').name).to.equal('');
  });

  it('is its id, else its number; of another server, it is alone', () => {
    const [first, second] = [place('https://two.example'), place('https://two.example')];
    const named = place('https://two.example', 'contract');
    expect([first, second, named].map(({ name }) => name)).to.deep.equal(['1/2', '2/2', 'contract']);
    expect(place('https://other.example').name).to.equal('');
  });

  it('is taken by nobody else when one is gone after a reload', () => {
    const [first, second, third] = [place('https://three.example'), place('https://three.example'), place('https://three.example')];
    const before = [first, second, third].map(({ name }) => name);
    [first, second, third].forEach((one) => one.hostDisconnected());
    const after = [place('https://three.example'), place('https://three.example')].map(({ name }) => name);
    expect(before.filter((name) => after.includes(name))).to.deep.equal([]);
  });

  it('is kept when the element is moved, and lost to one that came in the meantime', () => {
    const first = place('https://four.example');
    expect(first.name).to.equal('');
    const second = place('https://four.example');
    expect(second.name).to.equal('2/2');
    first.hostDisconnected();
    first.hostConnected();
    expect(first.name).to.equal('');
    first.hostDisconnected();
    expect(place('https://four.example').name).to.equal('1/2');
    first.hostConnected();
    expect(first.name).to.equal('3/3');
  });
});
