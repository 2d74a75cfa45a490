import test from 'ava';
import { isServersProof, scramFirst, scramProof } from '../../source/checks/scram.ts';
import { Secret } from '../../source/model/index.ts';

/* The conversation of the MongoDB specification's authentication tests. */
const USER = { user: 'user', password: new Secret('password', 'pencil') };
const NONCE = 'fyko+d2lbbFgONRv9qkxdawL';
const FIRST =
  'r=fyko+d2lbbFgONRv9qkxdawLHo+Vgk7qvUOKUwuWLIWg4l/9SraGMHEE,s=rQ9ZY3MntBeuP3E1TDVC4w==,i=10000';

test('the proof is that of the specification', (t) => {
  t.is(scramFirst(USER, NONCE), `n,,n=user,r=${NONCE}`);
  const proof = scramProof(USER, NONCE, FIRST);
  t.is(
    proof?.text,
    'c=biws,r=fyko+d2lbbFgONRv9qkxdawLHo+Vgk7qvUOKUwuWLIWg4l/9SraGMHEE,p=MC2T8BvbmWRckDw8oWl5IVghwCY=',
  );
  t.true(isServersProof('v=UMWeI25JD1yNYZRMpZ4VHvhZ9e0=', proof!));
});

test('a server that does not know the account cannot prove that it does', (t) => {
  const proof = scramProof(USER, NONCE, FIRST)!;
  for (const said of ['v=UMWeI25JD1yNYZRMpZ4VHvhZ8e0=', 'v=', '', 'e=other-error', 'v=AAAA']) {
    t.false(isServersProof(said, proof), said);
  }
});

test('a first message that is not an answer to ours, or that would keep us busy, is none', (t) => {
  for (const first of [
    '',
    'r=another,s=rQ9ZY3MntBeuP3E1TDVC4w==,i=10000',
    `r=${NONCE}x,s=rQ9ZY3MntBeuP3E1TDVC4w==,i=0`,
    `r=${NONCE}x,s=rQ9ZY3MntBeuP3E1TDVC4w==,i=9999999`,
    `r=${NONCE}x,i=10000`,
  ]) {
    t.is(scramProof(USER, NONCE, first), undefined, first);
  }
});

test('what separates fields is escaped in the name', (t) => {
  t.is(scramFirst({ ...USER, user: 'a=b,c' }, 'x'), 'n,,n=a=3Db=2Cc,r=x');
});
