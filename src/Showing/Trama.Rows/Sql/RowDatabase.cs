using System.Globalization;
using Trama.Rows.Sql.Native;
using Trama.Rows.Tables;

namespace Trama.Rows.Sql;

/// <summary>
/// Parquet files as the tables of a database in memory, about which one reading statement at a time can be asked. It reads no other file
/// and writes none, loads no extension, changes no setting, and has a limit of memory.
/// </summary>
public sealed class RowDatabase : IDisposable
{
    private const int MaxTableName = 32;

    private readonly Database _database;
    private readonly bool _tellsSource;

    /// <summary>Opens it.</summary>
    /// <param name="files">Parquet files that this program wrote, of the latest version of <see cref="RowSchema"/>.</param>
    /// <param name="memoryBytes">How much memory it may use.</param>
    /// <param name="output">The only file that it may write, by <see cref="Save"/>; null for none.</param>
    /// <param name="tellsSource">Whether each row says which file it is from, where a table has several.</param>
    /// <exception cref="SqlException">DuckDB is missing, or a file is none of these.</exception>
    public RowDatabase(IReadOnlyList<string> files, long memoryBytes, string? output = null, bool tellsSource = true)
    {
        _tellsSource = tellsSource;
        if (!IsThere) throw new SqlException(SqlFailure.LibraryMissing, DuckdbLibrary.Path);
        _database = new Database([
            ("memory_limit", string.Create(CultureInfo.InvariantCulture, $"{memoryBytes}B")),
            ("temp_directory", ""),
            ("autoinstall_known_extensions", "false"),
            ("autoload_known_extensions", "false"),
            ("allow_community_extensions", "false"),
        ]);
        try
        {
            TableFile[] tables = [.. files.Select(Look)];
            ThrowIfMixed(tables);
            foreach (IGrouping<string, TableFile> table in tables.GroupBy(file => file.Table))
                Show(table.Key, [.. table.Select(file => file.Path)]);
            // A table is looked for by its pattern, then read by its name.
            IEnumerable<string> allowed = files.SelectMany(file => (string[])[Quoted(file), Named(file)]);
            if (output is not null) allowed = allowed.Append(Quoted(output));
            Do($"SET allowed_paths = [{string.Join(',', allowed.Distinct())}]");
            Do("SET enable_external_access = false");
            Do("SET lock_configuration = true");
        }
        catch
        {
            _database.Dispose();
            throw;
        }
    }

    /// <summary>Whether DuckDB is there to answer questions.</summary>
    public static bool IsThere => DuckdbLoader.TryLoad(DuckdbLibrary.Path);

    /// <summary>Asks one question.</summary>
    /// <param name="sql">One SELECT.</param>
    /// <param name="limits">Breaks it off.</param>
    /// <param name="answer">Takes the answer.</param>
    /// <exception cref="SqlException">It has no answer.</exception>
    public void Ask(string sql, QueryLimits limits, IAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(limits);
        ArgumentNullException.ThrowIfNull(answer);
        using QueryWatch watch = limits.Watch(_database);
        IReadOnlyList<ResultColumn> columns = watch.Run(() => Check(sql));
        // Every value comes as text: what DuckDB makes of its types, nobody has to make again.
        string texts = string.Join(", ", columns.Select((column, i) =>
            column.Kind == ResultKind.Nested ? $"to_json(#{i + 1})::VARCHAR" : $"#{i + 1}::VARCHAR"));
        string most = limits.Rows is { } rowsWanted ? string.Create(CultureInfo.InvariantCulture, $" LIMIT {rowsWanted}") : "";
        using Statement statement = watch.Run(() => One($"SELECT {texts} FROM ({sql}\n){most}"));
        using ResultReader rows = watch.Run(statement.Run);
        answer.Begin(columns);
        while (watch.Run(rows.Read)) answer.Row(new ResultRow(rows));
        answer.End();
    }

    /// <summary>Writes the answer to a question as Parquet to the file that it may write.</summary>
    /// <exception cref="SqlException">It has no answer.</exception>
    public void Save(string sql, QueryLimits limits, string output)
    {
        ArgumentNullException.ThrowIfNull(limits);
        using QueryWatch watch = limits.Watch(_database);
        watch.Run(() => Check(sql));
        watch.Run(() =>
        {
            Do($"COPY ({sql}\n) TO {Quoted(output)} (FORMAT parquet, COMPRESSION zstd)");
            return true;
        });
    }

    /// <inheritdoc/>
    public void Dispose() => _database.Dispose();

    private IReadOnlyList<ResultColumn> Check(string sql)
    {
        using (Statement statement = One(sql))
        {
            if (!statement.IsSelect || statement.HasParameters) throw new SqlException(SqlFailure.NotOneSelect, "");
        }

        // A statement ends where the text does; so it stands in brackets as one, too.
        using Statement tree = One($"SELECT json_serialize_sql({Quoted(sql)})::VARCHAR");
        using ResultReader rows = tree.Run();
        if (!rows.Read() || !rows.TryGet(0, out ReadOnlySpan<byte> json)) throw new SqlException(SqlFailure.NotOneSelect, "");
        StatementCheck.ThrowIfUnsafe(json);
        using Statement inBrackets = One($"SELECT * FROM ({sql}\n)");
        return inBrackets.Columns;
    }

    private Statement One(string sql)
    {
        IReadOnlyList<Statement> statements = _database.Prepare(sql);
        if (statements is [var only]) return only;
        foreach (Statement statement in statements) statement.Dispose();
        throw new SqlException(SqlFailure.NotOneSelect, "");
    }

    private void Do(string sql)
    {
        using Statement statement = One(sql);
        using ResultReader rows = statement.Run();
        while (rows.Read())
        {
            // What it says is of no interest: it is done.
        }
    }

    // The files of a table are one table; of several, each row says which it is from. What the names of their folders say is no column.
    private void Show(string table, string[] files)
    {
        string source = _tellsSource && files.Length > 1 ? ", filename = 'source'" : "";
        Do($"CREATE VIEW \"{table}\" AS SELECT * FROM read_parquet([{string.Join(',', files.Select(Named))}], union_by_name = true, "
            + $"hive_partitioning = false{source})");
    }

    private TableFile Look(string file)
    {
        var said = new Dictionary<string, string>();
        try
        {
            using Statement statement = One($"SELECT decode(key), decode(value) FROM parquet_kv_metadata({Named(file)})");
            using ResultReader rows = statement.Run();
            while (rows.Read())
                if (rows.TryGet(0, out ReadOnlySpan<byte> key) && rows.TryGet(1, out ReadOnlySpan<byte> value))
                    said[System.Text.Encoding.UTF8.GetString(key)] = System.Text.Encoding.UTF8.GetString(value);
        }
        catch (SqlException)
        {
            throw new SqlException(SqlFailure.NoParquet, file);
        }

        if (!said.TryGetValue(RowSchema.VersionKey, out string? version)) throw new SqlException(SqlFailure.ForeignTable, file);
        if (version != RowSchema.Version.ToString(CultureInfo.InvariantCulture)) throw new SqlException(SqlFailure.OtherVersion, file);
        // A hub's store has tables besides those of captures; whatever a file calls its own, it is a plain word.
        if (!said.TryGetValue(RowSchema.TableKey, out string? table) || table.Length is 0 or > MaxTableName
            || !table.All(char.IsAsciiLetterLower)) throw new SqlException(SqlFailure.ForeignTable, file);
        return new TableFile(file, table, said.GetValueOrDefault(RowSchema.CaptureKey));
    }

    // Where tables that go together lie, one may be left from another time: nothing of it belongs to the numbers of the others.
    private static void ThrowIfMixed(TableFile[] tables)
    {
        foreach (IGrouping<string?, TableFile> folder in tables.Where(file => file.IsNamedByTable).GroupBy(file => file.Folder))
        {
            TableFile first = folder.First();
            if (folder.FirstOrDefault(file => file.Capture != first.Capture) is { } other)
                throw new SqlException(SqlFailure.OtherCapture, other.Path);
        }
    }

    private static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    // A name is a pattern to DuckDB: in brackets, each of its signs is meant as it is.
    private static string Named(string path) =>
        Quoted(string.Concat(path.Select(letter => letter is '*' or '?' or '[' ? $"[{letter}]" : $"{letter}")));

    private sealed record TableFile(string Path, string Table, string? Capture)
    {
        public string? Folder => System.IO.Path.GetDirectoryName(Path);

        public bool IsNamedByTable => System.IO.Path.GetFileName(Path) == Table + RowFormat.Parquet.Extension;
    }
}
