using Trama.Cli.ThisProcess;
using Trama.Framing;
using Trama.Reports;
using Trama.Rows.Sql;
using Trama.Rows.Tables;

namespace Trama.Cli.Commands.Querying;

/// <summary>Why a question has no answer, in one line.</summary>
internal static class SqlErrors
{
    /// <summary>The error.</summary>
    public static UserError Describe(SqlException error, Language language)
    {
        string name = VisibleText.Of(error.Detail);
        return error.Failure switch
        {
            SqlFailure.LibraryMissing => new(language.Pick(
                "DuckDB, which answers questions in SQL, is not there: trama sql --setup brings it",
                "o DuckDB, que responde perguntas em SQL, não está instalado: trama sql --setup o traz")),
            SqlFailure.NotOneSelect => new(language.Pick(
                "a question is one SELECT: it reads tables, and changes nothing",
                "uma pergunta é um só SELECT: lê tabelas, e não altera nada"), ExitCode.Usage),
            SqlFailure.FunctionRefused => new(language.Pick(
                $"the function {name} is not for questions: they read the tables, and nothing else",
                $"a função {name} não é para perguntas: elas leem as tabelas, e nada mais"), ExitCode.Usage),
            SqlFailure.TooLong => new(language.Pick(
                "the question took too long (--timeout)", "a pergunta demorou demais (--timeout)")),
            _ when IsTooLarge(error) => new(language.Pick(
                "the question took too much memory (--memory)", "a pergunta usou memória demais (--memory)")),
            SqlFailure.TooDeep => new(language.Pick(
                "parts of the question stand too deep in each other", "partes da pergunta estão fundo demais umas nas outras"),
                ExitCode.Usage),
            _ when IsPivotOfAnyValue(error) => new(language.Pick(
                "PIVOT has to be told the values that become columns: PIVOT exchanges ON failed IN (true, false) USING count(*)",
                "PIVOT precisa dos valores que viram colunas: PIVOT exchanges ON failed IN (true, false) USING count(*)"), ExitCode.Usage),
            SqlFailure.NoParquet => new(language.Pick(
                $"{name} is no Parquet file, or is cut", $"{name} não é um arquivo Parquet, ou está cortado")),
            SqlFailure.ForeignTable => new(language.Pick(
                $"{name} is no table that trama wrote", $"{name} não é uma tabela que o trama escreveu")),
            SqlFailure.OtherVersion => new(language.Pick(
                $"{name} has tables of another version than {RowSchema.Version}, which this trama reads",
                $"{name} tem tabelas de outra versão que não a {RowSchema.Version}, que este trama lê")),
            SqlFailure.OtherCapture => new(language.Pick(
                $"{name} is of another capture than the tables beside it: name the files that are meant, or write all of them again",
                $"{name} é de outra captura que as tabelas ao lado: informe os arquivos certos, ou grave todos de novo")),
            _ when name.Length == 0 => new(language.Pick("interrupted", "interrompido")),
            _ => new("SQL: " + VisibleText.Of(FirstOf(error.Detail)), IsWording(error.Detail) ? ExitCode.Usage : ExitCode.Failed),
        };
    }

    /// <summary>Whether DuckDB's words are about the statement, and not about what it met when it ran.</summary>
    public static bool IsWording(string text) => ((string[])["Parser Error", "Binder Error", "Catalog Error"])
        .Any(kind => text.StartsWith(kind, StringComparison.Ordinal));

    private static bool IsTooLarge(SqlException error) => error.Failure == SqlFailure.TooLarge
        || (error.Failure == SqlFailure.Refused && error.Detail.StartsWith("Out of Memory Error", StringComparison.Ordinal));

    // DuckDB would first make a type of the values that there are, which is a statement of its own.
    private static bool IsPivotOfAnyValue(SqlException error) => error.Failure == SqlFailure.Refused
        && error.Detail.StartsWith("Catalog Error: Type with name __pivot_enum", StringComparison.Ordinal);

    // Below its first lines, DuckDB shows where in the text it is.
    private static string FirstOf(string text) => text.Split("\n\n")[0].Replace("\n", "; ", StringComparison.Ordinal);
}
