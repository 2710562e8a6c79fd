/** What Vitest's JSON report counts; a test file that could not be loaded is one failure. */
export function vitestCounts(report) {
  const brokenFiles = report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length
  return { passed: report.numPassedTests, failed: report.numFailedTests + brokenFiles }
}

/**
 * What Playwright's JSON report counts. Errors outside tests (the server did not start) are failures, and so are tests that
 * never ran: none is skipped on purpose, so something before them failed.
 */
export function playwrightCounts(report) {
  const { expected, unexpected, flaky, skipped } = report.stats
  return { passed: expected + flaky, failed: unexpected + skipped + report.errors.length }
}
