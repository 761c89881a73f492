/// The version that `--version` prints, CloudEvents sources carry, and replies can be traced to.
public enum HoneVersion {
    public static let current = "0.1.0"
}
