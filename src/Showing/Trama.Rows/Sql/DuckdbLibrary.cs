using System.Runtime.InteropServices;

namespace Trama.Rows.Sql;

/// <summary>The DuckDB that is put where this program finds it: which, from which package, and where.</summary>
public static class DuckdbLibrary
{
    /// <summary>The package at NuGet that has it for all systems.</summary>
    public const string Package = "DuckDB.NET.Bindings.Full";

    /// <summary>The version of the package.</summary>
    public const string Version = "1.5.6.1";

    // The file in the package, and the SHA-256 of it: whoever serves the package, nothing else is loaded.
    private static readonly Dictionary<string, (string Entry, string Sha256)> s_files = new()
    {
        ["linux-x64"] = ("runtimes/linux-x64/native/libduckdb.so", "3f4962cdd266eab2b479a5b5a4a6d063d279b2954ae814ed00385d553b747633"),
        ["linux-arm64"] = ("runtimes/linux-arm64/native/libduckdb.so", "23686593dba4ec22c6e581bb1c843b3964e84c4bc4d0063d8b4daddd2e20e30a"),
        ["osx-x64"] = ("runtimes/osx/native/libduckdb.dylib", "75a519cb914ae36ca22cff0995a8a2e8c9a46990b8c0a479514f741a0d93f344"),
        ["osx-arm64"] = ("runtimes/osx/native/libduckdb.dylib", "75a519cb914ae36ca22cff0995a8a2e8c9a46990b8c0a479514f741a0d93f344"),
    };

    /// <summary>The file in the package for this system, and its SHA-256 in hexadecimal; null when the package has none.</summary>
    public static (string Entry, string Sha256)? File =>
        s_files.TryGetValue(System, out (string, string) file) ? file : null;

    /// <summary>This system, as .NET names it, such as <c>linux-x64</c>.</summary>
    public static string System => (OperatingSystem.IsMacOS() ? "osx-" : OperatingSystem.IsLinux() ? "linux-" : "win-")
        + RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();

    /// <summary>Where it is put: in the data folder of the user (<c>XDG_DATA_HOME</c>, else <c>~/.local/share</c>).</summary>
    public static string Path
    {
        get
        {
            string data = Environment.GetFolderPath(
                Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
            string name = global::System.IO.Path.GetFileName(File?.Entry ?? "libduckdb.so");
            return global::System.IO.Path.Combine(data, "trama", "duckdb", Version, name);
        }
    }
}
