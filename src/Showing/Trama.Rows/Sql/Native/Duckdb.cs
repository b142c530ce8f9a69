using System.Runtime.InteropServices;

namespace Trama.Rows.Sql.Native;

/// <summary>
/// The functions of DuckDB's C interface that are used, by their own names (https://duckdb.org/docs/api/c/api). Those that give a
/// status give 0 when it was done.
/// </summary>
internal static unsafe partial class Duckdb
{
    /// <summary>The name under which <see cref="DuckdbLoader"/> finds the library.</summary>
    public const string Name = "duckdb";

    /// <summary>A statement that reads and changes nothing (DUCKDB_STATEMENT_TYPE_SELECT).</summary>
    public const int SelectStatement = 1;

    [LibraryImport(Name, EntryPoint = "duckdb_create_config")]
    public static partial int CreateConfig(out nint config);

    [LibraryImport(Name, EntryPoint = "duckdb_set_config", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int SetConfig(nint config, string name, string value);

    [LibraryImport(Name, EntryPoint = "duckdb_destroy_config")]
    public static partial void DestroyConfig(ref nint config);

    [LibraryImport(Name, EntryPoint = "duckdb_open_ext", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(string? path, out nint database, nint config, out byte* error);

    [LibraryImport(Name, EntryPoint = "duckdb_close")]
    public static partial void Close(ref nint database);

    [LibraryImport(Name, EntryPoint = "duckdb_connect")]
    public static partial int Connect(nint database, out nint connection);

    [LibraryImport(Name, EntryPoint = "duckdb_disconnect")]
    public static partial void Disconnect(ref nint connection);

    [LibraryImport(Name, EntryPoint = "duckdb_interrupt")]
    public static partial void Interrupt(nint connection);

    [LibraryImport(Name, EntryPoint = "duckdb_free")]
    public static partial void Free(void* memory);

    [LibraryImport(Name, EntryPoint = "duckdb_extract_statements", StringMarshalling = StringMarshalling.Utf8)]
    public static partial ulong ExtractStatements(nint connection, string text, out nint statements);

    [LibraryImport(Name, EntryPoint = "duckdb_extract_statements_error")]
    public static partial byte* ExtractError(nint statements);

    [LibraryImport(Name, EntryPoint = "duckdb_destroy_extracted")]
    public static partial void DestroyExtracted(ref nint statements);

    [LibraryImport(Name, EntryPoint = "duckdb_prepare_extracted_statement")]
    public static partial int Prepare(nint connection, nint statements, ulong index, out nint prepared);

    [LibraryImport(Name, EntryPoint = "duckdb_prepare_error")]
    public static partial byte* PrepareError(nint prepared);

    [LibraryImport(Name, EntryPoint = "duckdb_destroy_prepare")]
    public static partial void DestroyPrepare(ref nint prepared);

    [LibraryImport(Name, EntryPoint = "duckdb_prepared_statement_type")]
    public static partial int StatementType(nint prepared);

    [LibraryImport(Name, EntryPoint = "duckdb_nparams")]
    public static partial ulong ParameterCount(nint prepared);

    [LibraryImport(Name, EntryPoint = "duckdb_prepared_statement_column_count")]
    public static partial ulong ColumnCount(nint prepared);

    // The text is the caller's to free.
    [LibraryImport(Name, EntryPoint = "duckdb_prepared_statement_column_name")]
    public static partial byte* ColumnName(nint prepared, ulong column);

    [LibraryImport(Name, EntryPoint = "duckdb_prepared_statement_column_type")]
    public static partial int ColumnType(nint prepared, ulong column);

    [LibraryImport(Name, EntryPoint = "duckdb_execute_prepared_streaming")]
    public static partial int Execute(nint prepared, out NativeResult result);

    [LibraryImport(Name, EntryPoint = "duckdb_result_error")]
    public static partial byte* ResultError(ref NativeResult result);

    [LibraryImport(Name, EntryPoint = "duckdb_destroy_result")]
    public static partial void DestroyResult(ref NativeResult result);

    // Null at the end, and when it went wrong.
    [LibraryImport(Name, EntryPoint = "duckdb_fetch_chunk")]
    public static partial nint FetchChunk(NativeResult result);

    [LibraryImport(Name, EntryPoint = "duckdb_destroy_data_chunk")]
    public static partial void DestroyChunk(ref nint chunk);

    [LibraryImport(Name, EntryPoint = "duckdb_data_chunk_get_size")]
    public static partial ulong ChunkSize(nint chunk);

    [LibraryImport(Name, EntryPoint = "duckdb_data_chunk_get_vector")]
    public static partial nint ChunkColumn(nint chunk, ulong column);

    [LibraryImport(Name, EntryPoint = "duckdb_vector_get_data")]
    public static partial NativeText* TextsOf(nint vector);

    // A bit a row, set where it has a value; null when all have one.
    [LibraryImport(Name, EntryPoint = "duckdb_vector_get_validity")]
    public static partial ulong* ValidityOf(nint vector);

    /// <summary>duckdb_result: of its fields, all but the last are no longer used.</summary>
    public struct NativeResult
    {
        private readonly ulong _columns, _rows, _changed;
        private readonly nint _columnData, _error, _result;
    }

    /// <summary>duckdb_string_t: up to 12 bytes stand in it, of longer texts the first four and where all are.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 16)]
    public struct NativeText
    {
        private const int LongestInside = 12;

        [FieldOffset(0)]
        private readonly uint _length;

        [FieldOffset(4)]
        private fixed byte _inside[LongestInside];

        [FieldOffset(8)]
        private readonly byte* _elsewhere;

        /// <summary>Its bytes, valid as long as its vector.</summary>
        public static ReadOnlySpan<byte> Of(NativeText* text) =>
            new(text->_length <= LongestInside ? text->_inside : text->_elsewhere, (int)text->_length);
    }
}
