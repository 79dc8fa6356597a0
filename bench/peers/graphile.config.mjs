// PostGraphile as its documentation has it for production: the Amber preset, JWTs checked by the lazy-jwt preset, no GraphiQL, no watching.
import { makePgService } from 'postgraphile/adaptors/pg';
import { PostGraphileAmberPreset } from 'postgraphile/presets/amber';
import { PgLazyJWTPreset } from 'postgraphile/presets/lazy-jwt';

export default {
  extends: [PostGraphileAmberPreset, PgLazyJWTPreset],
  pgServices: [makePgService({ connectionString: process.env.DATABASE_URL, schemas: ['app'], poolConfig: { max: 20 } })],
  grafserv: { graphiql: false, watch: false, pgJwtSecret: process.env.JWT_SECRET },
  grafast: {
    explain: false,
    // Callers act as the role `visitor`; claims of their token come on top.
    context: (_, args) => ({ pgSettings: { role: 'visitor', ...args.contextValue.pgSettings } }),
  },
};
