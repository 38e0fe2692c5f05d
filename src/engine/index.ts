export * as Book from './Book.js'
