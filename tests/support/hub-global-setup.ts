import type { TestProject } from 'vitest/node'
import { startTestCluster } from './hub-cluster.ts'
import type { StartedCluster, TestCluster } from './hub-cluster.ts'

declare module 'vitest' {
  interface ProvidedContext {
    testCluster: TestCluster
  }
}

/** One PostgreSQL per run, shared by the projects that need it. */
let shared: Promise<StartedCluster> | null = null
let users = 0

export async function setup(project: TestProject): Promise<void> {
  users += 1
  shared ??= startTestCluster()
  const { hubUrl, ownerUrl, adminUrl } = await shared
  project.provide('testCluster', { hubUrl, ownerUrl, adminUrl })
}

export async function teardown(): Promise<void> {
  users -= 1
  if (users > 0 || !shared) return
  const { stop } = await shared
  shared = null
  await stop()
}
