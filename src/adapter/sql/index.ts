export * as Sql from './Sql.js'
