using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Trama.Cli.Commands.Querying;
using Trama.Cli.ThisProcess;
using Trama.Mcp.Answers;
using Trama.Mcp.Folders;
using Trama.Reports;
using Trama.Rows.Sql;

namespace Trama.Mcp.Questions;

/// <summary>
/// Has a question in SQL answered by this program as a process of its own: what it takes is nobody else's memory, and one that nobody
/// waits for any more, or that does not heed its limits, is ended alone, with all that it holds.
/// </summary>
internal sealed class QuestionProcess(CaptureFolder folder, Disclosure disclosure, Limits limits, Language language)
{
    /// <summary>What the command line of such a process begins with; the folder of its tables follows, then what a server is told.
    /// </summary>
    public const string Mark = "--trama-question";

    // A process keeps to its time by itself; this is for one that cannot.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    /// <summary>Has a question answered.</summary>
    /// <param name="values">The arguments of the call.</param>
    /// <param name="stop">Nobody waits for the answer any more.</param>
    /// <exception cref="UserError">There is no answer, and the process could not say why.</exception>
    public async Task<ToolAnswer> AskAsync(IDictionary<string, JsonElement>? values, CancellationToken stop)
    {
        using var tables = new PassingFolder();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(limits.Time + s_patience);
        using Process answering = Process.Start(Start(tables.Path))!;
        using CancellationTokenRegistration end = patience.Token.Register(answering.Kill);
        await TellAsync(answering, values).ConfigureAwait(false);
        string text = await answering.StandardOutput.ReadToEndAsync(CancellationToken.None).ConfigureAwait(false);
        // Its input stays open until here: the end of it says that the server has gone.
        await answering.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        stop.ThrowIfCancellationRequested();
        if (patience.IsCancellationRequested)
            throw new UserError(SqlErrors.Describe(new SqlException(SqlFailure.TooLong, ""), language).Message);
        int code = answering.ExitCode;
        if (text.Length > 0 && code is ExitCode.Done or ExitCode.Failed) return new ToolAnswer(text, code == ExitCode.Failed);
        throw new UserError(language.Pick($"the question ended the process that was to answer it (exit code {code})",
            $"a pergunta encerrou o processo que ia respondê-la (código de saída {code})"));
    }

    private ProcessStartInfo Start(string tables) => new(Environment.ProcessPath!,
    [
        Mark, tables, folder.Path, "--timeout", limits.Time.TotalSeconds.ToString(CultureInfo.InvariantCulture),
        "--lang", language.Pick("en", "pt"), .. disclosure.HasPayload ? (string[])["--payload"] : [],
    ])
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        StandardOutputEncoding = Encoding.UTF8,
    };

    private static async Task TellAsync(Process answering, IDictionary<string, JsonElement>? values)
    {
        try
        {
            Stream input = answering.StandardInput.BaseStream;
            await input.WriteAsync(QuestionLine.Of(values), CancellationToken.None).ConfigureAwait(false);
            await input.FlushAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (IOException)
        {
            // It has ended already: how, its exit code tells.
        }
    }
}
