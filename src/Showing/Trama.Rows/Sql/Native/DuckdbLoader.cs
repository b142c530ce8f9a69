using System.Runtime.InteropServices;

namespace Trama.Rows.Sql.Native;

/// <summary>Finds DuckDB: where it was put for this program, else where the system has it.</summary>
internal static class DuckdbLoader
{
    private static readonly string[] s_names = ["libduckdb.so", "libduckdb.dylib", "duckdb.dll"];
    private static readonly Lock s_lock = new();
    private static nint s_library;

    /// <summary>Loads it, unless it is.</summary>
    /// <param name="path">Where it was put for this program.</param>
    /// <returns>False when it is nowhere, or too old.</returns>
    public static bool TryLoad(string path)
    {
        lock (s_lock)
        {
            if (s_library != 0) return true;
            foreach (string name in (string[])[.. File.Exists(path) ? [path] : Array.Empty<string>(), .. s_names])
            {
                if (!NativeLibrary.TryLoad(name, out nint library)) continue;
                // The newest of the functions that are used (DuckDB 1.4).
                if (!NativeLibrary.TryGetExport(library, "duckdb_prepared_statement_column_type", out _)) continue;
                s_library = library;
                NativeLibrary.SetDllImportResolver(typeof(DuckdbLoader).Assembly, (name, _, _) => name == Duckdb.Name ? library : 0);
                return true;
            }

            return false;
        }
    }
}
