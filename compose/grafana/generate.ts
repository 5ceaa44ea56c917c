import { writeFileSync } from 'node:fs'
import { boards } from '#compose/grafana/boards/index'
import { fileOf } from '#compose/grafana/files'

for (const { path, text } of boards.map(fileOf)) writeFileSync(path, text)
