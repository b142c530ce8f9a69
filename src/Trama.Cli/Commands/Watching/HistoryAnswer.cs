using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Trama.Cli.ThisProcess;
using Trama.Fleet.Asking;
using Trama.Fleet.Storing;
using Trama.Reports;

namespace Trama.Cli.Commands.Watching;

/// <summary>
/// Answers a hub's question about rows out of this sensor's store by <c>trama history</c>, as a process of its own: what a question costs
/// is not the watcher's memory, and one that takes too long is ended.
/// </summary>
/// <param name="folder">The store.</param>
/// <param name="language">The language of notes.</param>
internal sealed class HistoryAnswer(StoreFolder folder, Language language)
{
    private const int MostNotes = 16;
    private const long NsPerTick = TimeSpan.NanosecondsPerTick;

    // A second belongs to the time to its end.
    private const string Moment = "yyyy-MM-ddTHH:mm:ss.fffffff";

    /// <summary>Answers.</summary>
    public IEnumerable<byte[]> Of(RowQuestion question, CancellationToken stop)
    {
        var notes = new ConcurrentQueue<string>();
        using JsonDocument? rows = TryAsk(question, notes.Enqueue, stop);
        int count = rows?.RootElement.GetArrayLength() ?? 0;
        // Who asked for fewer knows that there may be more.
        if (count > RowQuestion.MostRows) notes.Enqueue(language.Pick($"there are more than {question.Limit}; a shorter time shows them",
            $"há mais que {question.Limit}; um tempo mais curto as mostra"));
        foreach (string note in notes.Take(MostNotes)) yield return RowAnswer.Note(note);
        foreach (byte[] piece in rows is null ? [] : RowAnswer.Rows(rows.RootElement.EnumerateArray().Take(question.Limit)))
            yield return piece;
        yield return RowAnswer.End;
    }

    // The program may have been replaced since, or there may be no room for another: the watcher goes on.
    private JsonDocument? TryAsk(RowQuestion question, Action<string> note, CancellationToken stop)
    {
        try
        {
            return Ask(question, note, stop);
        }
        catch (Win32Exception error)
        {
            note(error.Message);
            return null;
        }
    }

    private JsonDocument? Ask(RowQuestion question, Action<string> note, CancellationToken stop)
    {
        string[] where = question.Where.Length > 0 ? ["--where", question.Where] : [];
        ProcessStartInfo start = ThisProgram.Start(["history", $"{At(question.From)}..{At(question.To - 1_000_000_000)}", "--store",
            folder.Root, "--json", "--limit", $"{question.Limit + 1}", "--lang", language.Pick("en", "pt"), .. where]);
        (start.RedirectStandardInput, start.RedirectStandardOutput, start.RedirectStandardError) = (true, true, true);
        start.Environment["TZ"] = "UTC";
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(RowQuestion.Longest);
        using Process history = Process.Start(start)!;
        using CancellationTokenRegistration end = patience.Token.Register(history.Kill);
        history.StandardInput.Close();
        const string own = "trama: ";
        history.ErrorDataReceived += (_, said) =>
        {
            if (said.Data is { Length: > 0 } line) note(line.StartsWith(own, StringComparison.Ordinal) ? line[own.Length..] : line);
        };
        history.BeginErrorReadLine();
        try
        {
            return JsonDocument.Parse(history.StandardOutput.BaseStream);
        }
        catch (JsonException)
        {
            // Why, it has said, unless it was ended.
            if (patience.IsCancellationRequested) note(language.Pick("it took too long", "demorou demais"));
            return null;
        }
        finally
        {
            history.WaitForExit();
        }
    }

    private static string At(long ns) =>
        DateTime.UnixEpoch.AddTicks(Math.Clamp(ns / NsPerTick, 0, DateTime.MaxValue.Ticks - DateTime.UnixEpoch.Ticks))
            .ToString(Moment, CultureInfo.InvariantCulture);
}
