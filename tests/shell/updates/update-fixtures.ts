import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestDetails } from '@playwright/test'
import { runSigning } from '../../../scripts/release/sign-manifest.ts'
import { makeReleaseKey, sha512 } from '../../support/release-keys.ts'
import type { ReleaseKey } from '../../support/release-keys.ts'
import type { MachineSettings } from '../double/settings-schema.ts'
import { test as base } from '../fixtures.ts'
import { installPreviousVersion, nextVersion, nextVersionFolder } from './previous-version.ts'
import { startUpdateServer, updateAddress, updateHost } from './update-server.ts'
import type { UpdateServer } from './update-server.ts'

export { expect } from '../fixtures.ts'

type Packaged = NonNullable<MachineSettings['packaged']>
export type Release = {
  readonly version?: string
  readonly key?: ReleaseKey
  /** When it was signed, to be good for 30 days. */
  readonly at?: Date
}
export type Updates = {
  readonly server: UpdateServer
  /** The folder that is served: whoever can write to the server can change it. */
  readonly served: string
  /** Puts a release there as electron-builder and `sign-manifest.ts` make it; answers the installer's name. */
  readonly publish: (release?: Release) => Promise<string>
  /** The file that the person starts. */
  readonly appImage: string
  /** What the installed file has written when it was started, or `null` when it was not. */
  readonly started: () => string | null
  /** The next version in the place of the one before. */
  readonly next: Packaged
}

export const oldAppImage = '#!/bin/sh\n# the version before\nexit 1\n'
const newAppImage = '#!/bin/sh\n# the next version\necho "$APPIMAGE_SILENT_INSTALL $#" > "$0.started.part" && mv "$0.started.part" "$0.started"\n'
const architecture = process.arch === 'x64' ? '' : `-${process.arch}`
export const channelFile = `latest-linux${architecture}.yml`

/** Details of a test of the updater of an AppImage: electron-updater chooses it by the platform. */
export const onlyAppImage: TestDetails = {
  tag: ['@double', '@linux'],
  annotation: { type: 'only under the double, on Linux', description: 'the network, the waiting and the installed file are made' },
}

/** What electron-builder writes beside an AppImage. */
export function channelText(version: string, name: string, bytes: string): string {
  const digest = sha512(bytes)
  return `version: ${version}\nfiles:\n  - url: ${name}\n    sha512: ${digest}\n    size: ${bytes.length}\npath: ${name}\nsha512: ${digest}\nreleaseDate: '2026-11-21T09:00:00.000Z'\n`
}

/** A desk that has been installed as an AppImage of the version before, with a server of updates that it can reach. */
export const test = base.extend<{ updates: Updates }, { releaseKey: ReleaseKey; before: string }>({
  releaseKey: [async ({}, use) => use(makeReleaseKey('test')), { scope: 'worker' }],
  before: [
    async ({ releaseKey }, use) => {
      const folder = mkdtempSync(join(tmpdir(), 'sportello-before-'))
      await installPreviousVersion(folder, [releaseKey.pinned])
      await use(folder)
      rmSync(folder, { recursive: true, force: true })
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  updates: async ({ releaseKey }, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'sportello-update-'))
    const [served, resources] = [join(folder, 'served'), join(folder, 'resources')]
    for (const each of [served, resources]) mkdirSync(each)
    const appImage = join(folder, 'Sportello.AppImage')
    writeFileSync(appImage, oldAppImage, { mode: 0o755 })
    writeFileSync(join(resources, 'updates.json'), JSON.stringify({ url: updateAddress }))
    // As electron-builder writes it from `publish`.
    writeFileSync(join(resources, 'app-update.yml'), 'provider: generic\nurl: https://updates.sportello.invalid/desk\nchannel: latest\nupdaterCacheDirName: sportello-updater\n')
    const server = await startUpdateServer(served)
    await use({
      server,
      served,
      appImage,
      next: { app: nextVersionFolder, resources, appImage },
      started: () => (existsSync(`${appImage}.started`) ? readFileSync(`${appImage}.started`, 'utf8').trim() : null),
      publish: async ({ version = nextVersion, key = releaseKey, at = new Date() } = {}) => {
        rmSync(served, { recursive: true })
        mkdirSync(served)
        const name = `Sportello-${version}-x64.AppImage`
        writeFileSync(join(served, name), newAppImage)
        writeFileSync(join(served, channelFile), channelText(version, name, newAppImage))
        const pem = key.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
        await runSigning(['--dir', served, '--version', version, '--minimum', '0.0.1', '--days', '30', '--rollout', '100', '--key-id', key.id], { SPORTELLO_RELEASE_KEY: pem }, at)
        return name
      },
    })
    await server.close()
    rmSync(folder, { recursive: true, force: true })
  },
  machine: async ({ before, updates }, use) => {
    const { next, server } = updates
    await use({ packaged: { ...next, app: before }, servers: [{ host: updateHost, port: server.port, certificate: server.certificate }] })
  },
})
