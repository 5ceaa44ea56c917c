export { type Content, html, type Html } from '#apps/platform/html'
