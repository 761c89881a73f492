// What every service's `main` is made of: settings, logs, metrics, health, lifecycle, and the parts that several services
// share.
