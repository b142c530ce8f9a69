using System.ComponentModel;
using System.Text.Json;
using Trama.Cli.Commands.Querying;
using Trama.Cli.ThisProcess;
using Trama.Mcp.Answers;
using Trama.Mcp.Native;
using Trama.Mcp.Reading;
using Trama.Reports;
using Trama.Rows.Sql;

namespace Trama.Mcp.Tools;

/// <summary><c>sql</c>: a capture as tables, asked in SQL.</summary>
/// <param name="tools">What all tools share.</param>
/// <param name="tablesFolder">Where the tables go, in the process that answers; null in the server, which starts one.</param>
internal sealed class SqlTool(CaptureTools tools, string? tablesFolder = null) : CaptureTool(tools, "sql",
    "Ask a capture one SELECT in DuckDB's SQL about the tables exchanges, connections, findings and packets (DESCRIBE exchanges tells the "
    + "columns; times are ns), or a question that has a name: " + s_names,
    ToolParameter.File, s_query, ToolParameter.Rows)
{
    private static readonly ToolParameter s_query = new("query", "string", "One SELECT, or @NAME", IsRequired: true);
    private static readonly string s_names = string.Join(", ", Question.All.Select(question => $"@{question.Name} ({question.English})"));

    /// <inheritdoc/>
    protected override async Task<ToolAnswer> AnsweredAsync(IDictionary<string, JsonElement>? values, CancellationToken client)
    {
        try
        {
            return await Tools.Questions.AskAsync(values, client).ConfigureAwait(false);
        }
        catch (UserError refusal)
        {
            return Refusal(refusal.Message);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or Win32Exception)
        {
            return Refusal(Language.Pick("the question could not be asked: there is no room for its tables or its process",
                "a pergunta não pôde ser feita: não há lugar para suas tabelas ou seu processo"));
        }
    }

    /// <inheritdoc/>
    protected override void Write(ToolArguments arguments, Answer answer, CallTime time)
    {
        string query = Sql(arguments.Text(s_query)!);
        RowWindow window = arguments.Window;
        bool packets = query.Contains("packets", StringComparison.OrdinalIgnoreCase);
        using var tables = new CapturedTables(Tools.Reading, Tools.Disclosure, tablesFolder!, packets);
        using var rows = new RowList(window);
        try
        {
            if (!RowDatabase.IsThere) throw new SqlException(SqlFailure.LibraryMissing, DuckdbLibrary.Path);
            tables.Trace(arguments.File, answer, time);
            using var database = new RowDatabase(tables.Files, Limits.QueryBytes);
            var limits = new QueryLimits(time.Left, Limits.QueryBytes)
            {
                Stop = time.Client,
                GiveUp = error => End(tables, error),
                // One more than is shown, so that it is known whether there are more.
                Rows = window.Most + 1,
            };
            database.Ask(query, limits, new JsonAnswerRows(rows));
        }
        catch (SqlException error)
        {
            time.Client.ThrowIfCancellationRequested();
            throw new UserError(SqlErrors.Describe(Tools.Disclosure.Of(error), Language).Message);
        }

        Tell(rows, answer);
    }

    private string Sql(string query)
    {
        if (!query.StartsWith('@')) return query.TrimEnd(' ', ';', '\n', '\r', '\t');
        return Question.Named(query[1..])?.Sql ?? throw new UserError(Language.Pick(
            $"there is no question '{query}'; there are: ", $"não há pergunta '{query}'; há: ") + s_names);
    }

    private static void Tell(RowList rows, Answer answer)
    {
        answer.Writer.WritePropertyName("rows"u8);
        answer.Writer.WriteRawValue(rows.ToArray(), skipInputValidation: true);
        if (rows.IsFull) answer.Cut($"only {rows.Shown} rows are here (at most {Limits.AnswerBytes} bytes): ask for fewer columns or rows",
            $"aqui estão só {rows.Shown} linhas (no máximo {Limits.AnswerBytes} bytes): peça menos colunas ou linhas");
        else if (rows.IsCut) answer.Cut($"only {rows.Shown} rows are here: let the question have a LIMIT and an OFFSET",
            $"aqui estão só {rows.Shown} linhas: ponha LIMIT e OFFSET na pergunta");
    }

    // The functions of a library that does not heed are not waited for: this process ends with them.
    private void End(CapturedTables tables, SqlException error)
    {
        int code = QuestionEntry.Tell(Refusal(SqlErrors.Describe(error, Language).Message));
        tables.Dispose();
        Libc.ExitNow(code);
    }
}
