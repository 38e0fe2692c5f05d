export * as Otel from './Otel.js'
