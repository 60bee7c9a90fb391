import type { CommonError, ErrorOf } from '../../../../shared/contract/call.ts'
import type { readingsCalls } from '../../../../shared/contract/readings.ts'
import type { MessageKey } from '../../../../shared/locales/index.ts'

type Readings = typeof readingsCalls
type Reasons<C> = Readonly<Record<ErrorOf<C> | CommonError, MessageKey>>

const common = {
  invalid_input: 'readings.error.invalidInput',
  unknown_call: 'readings.error.unknownCall',
  not_signed_in: 'readings.error.notSignedIn',
  forbidden: 'readings.error.forbidden',
  internal: 'readings.error.internal',
  storage_full: 'readings.error.storageFull',
  storage_read_only: 'readings.error.storageReadOnly',
  closing: 'readings.error.closing',
} as const satisfies Record<CommonError, MessageKey>

export const formErrors: Reasons<Readings['form']> = {
  ...common,
  supply_point_not_found: 'readings.error.supplyPointNotFound',
  no_meter: 'readings.error.noMeter',
}

export const enterErrors: Reasons<Readings['enter']> = {
  ...common,
  meter_not_found: 'readings.error.meterNotFound',
  not_of_customer: 'readings.error.notOfCustomer',
  meter_removed: 'readings.error.meterRemoved',
  outside_window: 'readings.error.outsideWindow',
  day_taken: 'readings.error.dayTaken',
  corrector_missing: 'readings.error.correctorMissing',
  corrector_not_expected: 'readings.error.correctorNotExpected',
  bands_mismatch: 'readings.error.bandsMismatch',
  too_many_digits: 'readings.error.tooManyDigits',
  decimals_not_shown: 'readings.error.decimalsNotShown',
  service_closed: 'readings.error.serviceClosed',
}

export const removeErrors: Reasons<Readings['remove']> = {
  ...common,
  reading_not_found: 'readings.error.readingNotFound',
  not_of_customer: 'readings.error.notOfCustomer',
  already_acquired: 'readings.error.alreadyAcquired',
  already_deleted: 'readings.error.alreadyDeleted',
}
