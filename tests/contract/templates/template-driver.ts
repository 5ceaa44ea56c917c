import { expect } from 'vitest'
import type { Template, TemplateCompiler, TemplateRecord } from '#ports/templates'
import { charactersOf } from '#ports/template-characters'
import type { ReadPage } from '#tests/contract/rendering/read-pdf'

/** A compiler of templates, and those that come with the platform. */
export interface TemplateDriver {
  readonly compiler: TemplateCompiler
  readonly shipped: readonly Template[]
}

/** A template that comes with the platform. */
export const templateNamed = ({ shipped }: TemplateDriver, name: string): Template =>
  shipped.find((template) => template.name === name)!

/** Renders a record by a template that comes with the platform, compiled for this record alone. */
export const renderingWith =
  (driver: TemplateDriver) =>
  (name: string, record: TemplateRecord, language = 'es-CO') =>
    driver.compiler
      .compile(templateNamed(driver, name), { language, characters: charactersOf([record]) })
      .render(record)

/** An error of this code, with this in its message. */
export const refusal = (code: string, message = ''): Error =>
  expect.objectContaining({ code, message: expect.stringContaining(message) as unknown }) as Error

/** What is printed at the foot of a page. */
export const footOf = ({ texts }: ReadPage): string =>
  texts
    .filter(({ y }) => y < 46)
    .map(({ text }) => text)
    .join(' ')
