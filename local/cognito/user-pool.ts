import { AwsServiceError } from '../gateway/aws-service.ts';
import { notFound, userNotFound } from './cognito-errors.ts';
import type { ClientConfig, GroupConfig, PoolConfig } from './pool-config.ts';
import type { SrpIdentity } from './srp.ts';
import { subOf, type User } from './user.ts';
import type { UserStore } from './user-store.ts';

/** One pool: its configuration together with its users, found by user name, `sub` or alias. */
export class UserPool {
  readonly config: PoolConfig;
  private readonly store: UserStore;

  constructor(config: PoolConfig, store: UserStore) {
    this.config = config;
    this.store = store;
  }

  get id(): string {
    return this.config.id;
  }

  srpIdentity(username: string): SrpIdentity {
    return { poolName: this.id.split('_')[1] ?? '', username };
  }

  find(name: string): User | undefined {
    const key = this.normalized(name);
    return this.store.user(this.id, key) ?? this.store.userByAlias(this.id, key);
  }

  /** Throws UserNotFoundException. */
  get(name: string): User {
    const user = this.find(name);
    if (!user) throw userNotFound();
    return user;
  }

  /** Ordered by user name. */
  users(): User[] {
    return this.store.users(this.id);
  }

  save(user: User): void {
    this.store.saveUser(this.id, user, this.aliasesOf(user));
  }

  /** Saves; where another user has one of the aliases throws AliasExistsException, unless the alias may be taken over. */
  claimAliases(user: User, takeOver: boolean): void {
    for (const alias of this.aliasesOf(user)) {
      const owner = this.store.userByAlias(this.id, alias);
      if (!owner || owner.username === user.username) continue;
      const name = Object.keys(owner.attributes).find(
        (key) => this.normalized(owner.attributes[key] ?? '') === alias,
      );
      if (!takeOver)
        throw new AwsServiceError(
          'AliasExistsException',
          `An account with the ${name ?? 'alias'} already exists.`,
        );
      this.save({ ...owner, attributes: { ...owner.attributes, [`${name ?? ''}_verified`]: 'false' } });
    }
    this.save(user);
  }

  delete(user: User): void {
    this.store.deleteUser(this.id, user.username);
  }

  /** The user name as it is stored and compared. */
  normalized(name: string): string {
    return this.config.caseSensitive ? name : name.toLowerCase();
  }

  /** Throws ResourceNotFoundException. */
  client(id: string): ClientConfig {
    const client = this.config.clients.find((candidate) => candidate.id === id);
    if (!client) throw notFound(`User pool client ${id} does not exist.`);
    return client;
  }

  /** Throws ResourceNotFoundException. */
  group(name: string): GroupConfig {
    const group = this.config.groups.find((candidate) => candidate.name === name);
    if (!group) throw notFound('Group not found.');
    return group;
  }

  /** In order of precedence. A group that the backend no longer defines is left out. */
  groupsOf(user: User): GroupConfig[] {
    const names = new Set(this.store.groupsOf(this.id, user.username));
    return this.config.groups
      .filter(({ name }) => names.has(name))
      .sort(
        (a, b) => (a.precedence ?? Infinity) - (b.precedence ?? Infinity) || a.name.localeCompare(b.name),
      );
  }

  private aliasesOf(user: User): string[] {
    const { usernameAttributes, aliasAttributes } = this.config;
    const verified = aliasAttributes.filter(
      (name) => name === 'preferred_username' || user.attributes[`${name}_verified`] === 'true',
    );
    const values = [...usernameAttributes, ...verified].map((name) => user.attributes[name]);
    return [subOf(user), ...values.filter((value) => value !== undefined)].map((value) =>
      this.normalized(value),
    );
  }
}

/** All pools of the backend. */
export class UserPools {
  private readonly pools: readonly UserPool[];

  constructor(pools: readonly UserPool[]) {
    this.pools = pools;
  }

  /** Throws ResourceNotFoundException. */
  byId(id: string): UserPool {
    const pool = this.find(id);
    if (!pool) throw notFound(`User pool ${id} does not exist.`);
    return pool;
  }

  find(id: string): UserPool | undefined {
    return this.pools.find((pool) => pool.id === id);
  }

  /** Throws ResourceNotFoundException. */
  byClient(clientId: string): { pool: UserPool; client: ClientConfig } {
    for (const pool of this.pools) {
      const client = pool.config.clients.find(({ id }) => id === clientId);
      if (client) return { pool, client };
    }
    throw notFound(`User pool client ${clientId} does not exist.`);
  }
}
