import { Injectable } from '@nestjs/common';
import { DataSource, IsNull, MoreThan } from 'typeorm';
import type { Actor } from '../access';
import { AuditLog } from '../audit';
import { Clock, deriveKey, hashSecret, hmac, newId, newSecret, peerNetwork, Unauthenticated } from '../common';
import { Settings } from '../config';
import { insertRow, Statements, UnitOfWork, type Transaction } from '../database';
import { User } from '../users';
import { SignInsEnded, type SignInEndReason } from './events/sign-in-events';
import { SignIn } from './sign-in.entity';

const REFRESH_DAYS = 30;
/** Within this time the token before the last is answered with the very same successor: parallel tabs, a lost answer. */
const GRACE_MS = 10_000;
const DAY_MS = 86_400_000;

const OPEN_SIGN_IN = `SELECT u.id, u.name, u.role FROM sign_ins s JOIN users u ON u.id = s.userId
  WHERE s.id = ? AND s.endedAt IS NULL AND s.expiresAt > ? AND u.active = 1`;

const KNOWN_PLACE = `SELECT 1 AS known FROM sign_ins WHERE userId = ? AND address = ? AND createdAt > ? LIMIT 1`;
const KNOWN_DAYS = 90;

interface OpenSignIn {
  id: string;
  name: string;
  role: Actor['role'];
}

export interface StartedSignIn {
  userId: string;
  signInId: string;
  refreshToken: string;
}

/**
 * Sign-ins and their rotating refresh tokens. A token reads `<family>.<secret>`; its successor is an HMAC of it, so a
 * repeated request gets the same successor although only digests are stored.
 */
@Injectable()
export class SignInsService {
  private readonly chainKey: Buffer;

  constructor(
    private readonly dataSource: DataSource,
    private readonly statements: Statements,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly audit: AuditLog,
    settings: Settings,
  ) {
    this.chainKey = deriveKey(settings.jwtSecret, 'refresh-token');
  }

  async start(tx: Transaction, userId: string, client: string): Promise<StartedSignIn> {
    const now = this.clock.now();
    const family = newSecret();
    const refreshToken = `${family}.${newSecret()}`;
    const id = newId();
    await insertRow(tx.manager, SignIn, {
      id,
      userId,
      family,
      tokenHash: hashSecret(refreshToken),
      previousHash: null,
      rotatedAt: null,
      createdAt: now,
      lastSeenAt: now,
      expiresAt: new Date(now.getTime() + REFRESH_DAYS * DAY_MS),
      client: client.slice(0, 200),
      address: peerNetwork() ?? null,
      endedAt: null,
    });
    return { userId, signInId: id, refreshToken };
  }

  /** Trades a refresh token for its successor. A token that was rotated away earlier ends the whole family. */
  async rotate(refreshToken: string): Promise<StartedSignIn> {
    const [family = ''] = refreshToken.split('.');
    const outcome = await this.unitOfWork.run((tx) => this.tryRotate(tx, family, refreshToken));
    if (!outcome) throw new Unauthenticated();
    return outcome;
  }

  /** The person behind a sign-in that is still valid, with today's role; one query by key. */
  async actorOf(signInId: string, userId?: string): Promise<Actor | undefined> {
    const [found] = await this.statements.rows<OpenSignIn>(OPEN_SIGN_IN, [signInId, this.clock.now()]);
    if (!found || (userId !== undefined && found.id !== userId)) return undefined;
    return { id: found.id, name: found.name, role: found.role, signInId };
  }

  /** The same for many at once, by sign-in; whoever is absent is not signed in any more. At most some hundred ids. */
  async actorsOf(signInIds: readonly string[]): Promise<Map<string, Actor>> {
    if (!signInIds.length) return new Map();
    const found = await this.dataSource.manager
      .createQueryBuilder(SignIn, 'signIn')
      .innerJoin(User, 'user', 'user.id = signIn.userId')
      .select(['signIn.id AS signInId', 'signIn.userId AS id', 'user.name AS name', 'user.role AS role'])
      .where('signIn.id IN (:...signInIds) AND signIn.endedAt IS NULL', { signInIds })
      .andWhere('signIn.expiresAt > :now AND user.active = :active', { now: this.clock.now(), active: true })
      .getRawMany<Actor>();
    return new Map(found.map(({ id, name, role, signInId }) => [signInId, { id, name, role, signInId }]));
  }

  /** Open sign-ins, the last used first. */
  listOpen(userId: string): Promise<SignIn[]> {
    return this.dataSource.manager.find(SignIn, {
      where: { userId, endedAt: IsNull(), expiresAt: MoreThan(this.clock.now()) },
      order: { lastSeenAt: 'DESC' },
      take: 100,
    });
  }

  /** Whether the person has signed in from this peer address lately; it takes the same time when there is no person. */
  async isKnownHere(userId: string | undefined): Promise<boolean> {
    const address = peerNetwork() ?? '';
    const since = new Date(this.clock.now().getTime() - KNOWN_DAYS * DAY_MS);
    return (await this.statements.rows(KNOWN_PLACE, [userId ?? '', address, since])).length > 0;
  }

  /** Nothing is left of the person's devices; the audit log keeps the ids. */
  async forget(tx: Transaction, userId: string): Promise<void> {
    await tx.manager.delete(SignIn, { userId });
  }

  /** A token that is not good any more ends nothing. */
  async endByToken(refreshToken: string): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const signIn = await this.openByToken(tx, refreshToken);
      if (signIn) await this.end(tx, signIn.userId, [signIn.id], 'signed-out');
    });
  }

  async endAllByToken(refreshToken: string): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const signIn = await this.openByToken(tx, refreshToken);
      if (signIn) await this.endAll(tx, signIn.userId, 'signed-out');
    });
  }

  async endOne(userId: string, signInId: string): Promise<boolean> {
    return this.unitOfWork.run(async (tx) => {
      const signIn = await tx.manager.findOneBy(SignIn, { id: signInId, userId, endedAt: IsNull() });
      if (signIn) await this.end(tx, userId, [signIn.id], 'signed-out');
      return Boolean(signIn);
    });
  }

  /** Ends all sign-ins of a person, but for `keep`. */
  async endAll(tx: Transaction, userId: string, reason: SignInEndReason, keep?: string): Promise<void> {
    const open = await tx.manager.find(SignIn, { select: { id: true }, where: { userId, endedAt: IsNull() } });
    const ids = open.map(({ id }) => id).filter((id) => id !== keep);
    if (ids.length) await this.end(tx, userId, ids, reason);
  }

  private async openByToken(tx: Transaction, refreshToken: string): Promise<SignIn | null> {
    const [family = ''] = refreshToken.split('.');
    const signIn = await tx.manager.findOneBy(SignIn, { family, endedAt: IsNull() });
    const presented = hashSecret(refreshToken);
    return signIn?.tokenHash === presented || signIn?.previousHash === presented ? signIn : null;
  }

  private async tryRotate(tx: Transaction, family: string, refreshToken: string): Promise<StartedSignIn | undefined> {
    const now = this.clock.now();
    const presented = hashSecret(refreshToken);
    const successor = `${family}.${hmac(this.chainKey, refreshToken)}`;
    const rotated = await tx.manager.update(
      SignIn,
      { family, tokenHash: presented, endedAt: IsNull(), expiresAt: MoreThan(now) },
      { tokenHash: hashSecret(successor), previousHash: presented, rotatedAt: now, lastSeenAt: now },
    );
    const signIn = await tx.manager.findOneBy(SignIn, { family });
    if (!signIn || signIn.endedAt || signIn.expiresAt <= now) return undefined;
    const user = await tx.manager.findOneBy(User, { id: signIn.userId, active: true });
    if (!user) return undefined;
    const started = { userId: signIn.userId, signInId: signIn.id, refreshToken: successor };
    if (rotated.affected) return started;
    const justRotated = signIn.rotatedAt !== null && now.getTime() - signIn.rotatedAt.getTime() <= GRACE_MS;
    if (signIn.previousHash === presented && justRotated) return started;
    await this.audit.record(tx, {
      action: 'token.reused',
      actorId: signIn.userId,
      object: { type: 'sign-in', id: signIn.id },
    });
    await this.end(tx, signIn.userId, [signIn.id], 'token-reused');
    return undefined;
  }

  private async end(tx: Transaction, userId: string, ids: string[], reason: SignInEndReason): Promise<void> {
    await tx.manager.update(SignIn, ids, { endedAt: this.clock.now() });
    for (const id of ids)
      await this.audit.record(tx, {
        action: 'sign-in.ended',
        actorId: userId,
        object: { type: 'sign-in', id },
        data: { reason },
      });
    tx.record(new SignInsEnded(userId, ids, reason));
  }
}
