namespace Trama.Rows.Sql;

/// <summary>Why a question has no answer.</summary>
public enum SqlFailure
{
    /// <summary>DuckDB is nowhere to be found.</summary>
    LibraryMissing,

    /// <summary>DuckDB does not take the statement, or cannot run it.</summary>
    Refused,

    /// <summary>It is not one statement that reads.</summary>
    NotOneSelect,

    /// <summary>It calls a function that does more than to read tables.</summary>
    FunctionRefused,

    /// <summary>It took too long.</summary>
    TooLong,

    /// <summary>It took too much memory.</summary>
    TooLarge,

    /// <summary>Its parts stand too deep in each other.</summary>
    TooDeep,

    /// <summary>A file is no complete Parquet file.</summary>
    NoParquet,

    /// <summary>A Parquet file is none that trama wrote.</summary>
    ForeignTable,

    /// <summary>A Parquet file has tables of another version.</summary>
    OtherVersion,

    /// <summary>A Parquet file lies beside tables of another capture, as one of them.</summary>
    OtherCapture,

    /// <summary>Something else.</summary>
    Other,
}
