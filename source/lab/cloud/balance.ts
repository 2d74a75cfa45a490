import type { Context } from './context.ts';
import type { Reply } from './types.ts';

const DEFAULT_YUAN = 100;

/** In hundredths of a yuan. */
export function describeBalance({ world }: Context): Reply {
  const { uin, solvent = true, balance = solvent ? DEFAULT_YUAN : 0 } = world.account;
  const fen = Math.round(balance * 100);
  return {
    Balance: fen,
    Uin: Number(uin),
    RealBalance: fen,
    CashAccountBalance: fen,
    IncomeIntoAccountBalance: 0,
    PresentAccountBalance: 0,
    FreezeAmount: 0,
    OweAmount: 0,
  };
}
