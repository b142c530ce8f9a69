using System.Globalization;
using System.Text;
using Trama.Captures;
using Trama.Cli.Reporting;
using Trama.Cli.ThisProcess;
using Trama.Diagnosis;
using Trama.Diagnosis.Joined;
using Trama.Lab;
using Trama.Namespaces;
using Trama.Reports;
using Trama.Reports.Findings;
using Trama.Reports.Ladder.Joined;
using Trama.Reports.Text;
using Trama.Tracing.Joining;

namespace Trama.Cli.Commands.Demo;

/// <summary>The demo of one fault: make it happen, show what the programs saw and what the packets say, diagnose, explain.</summary>
/// <param name="language">The language.</param>
/// <param name="fault">The fault's name.</param>
/// <param name="folder">Where the captures and the truth are kept; null keeps nothing.</param>
internal sealed class FaultStory(Language language, string fault, string? folder)
{
    private Demonstration Happening(string kept)
    {
        using Privileges.Raised rights = Privileges.Raise();
        return Demonstration.Run(fault, kept);
    }

    private const int MostSteps = 24;
    private const int LongestLadder = 40;

    private readonly TextOptions _options = Terminal.Options(language);

    /// <summary>Runs the demo and gives the exit code.</summary>
    public async Task<int> RunAsync()
    {
        Console.Error.WriteLine(language.Pick(
            $"{fault}: two hosts and a path between them are made, and the fault happens; up to 15 seconds",
            $"{fault}: dois hosts e um caminho entre eles são criados, e a falha acontece; até 15 segundos"));
        using var stop = new CancellationTokenSource();
        using var signals = new StopSignals(stop);
        string kept = folder ?? Directory.CreateTempSubdirectory("trama-").FullName;
        try
        {
            // Here, and not where it is filled: what is taken away does not come back.
            Directory.CreateDirectory(kept);
            Demonstration happened = await Task.Run(() => Happening(kept)).WaitAsync(stop.Token);
            Privileges.Drop();
            if (!happened.Happened) Console.Error.WriteLine(
                language.Pick("this machine was too busy: not everything went as planned",
                "esta máquina estava ocupada demais: nem tudo saiu como planejado"));
            Write(Told(happened, kept));
            return ExitCode.Done;
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Failed;
        }
        catch (NamespaceException error)
        {
            if (error.Failure == NamespaceFailure.NotPermitted && !OwnNetwork.IsHere && await OwnNetwork.IsAllowedAsync())
            {
                string[] save = folder is null ? [] : ["--save", folder];
                return await OwnNetwork.RunAsync(["demo", "--fault", fault, .. save, "--lang", language.Pick("en", "pt")]);
            }

            throw new UserError(language.Pick(
                $"two hosts cannot be made on this machine, which takes network namespaces and /dev/net/tun: {error.Message}",
                $"não é possível criar dois hosts nesta máquina, o que exige namespaces de rede e /dev/net/tun: {error.Message}"));
        }
        catch (Exception error) when (error is (IOException and not StandardOutputException) or UnauthorizedAccessException)
        {
            throw CaptureException.FromFileError(kept, error);
        }
        finally
        {
            if (folder is null) Directory.Delete(kept, recursive: true);
        }
    }

    private string Told(Demonstration happened, string kept)
    {
        var text = new Paragraphs(_options);
        text.Heading(fault);
        FindingLesson lesson = FindingLesson.Of(fault);
        text.Text(lesson.Arranged(language));
        string milliseconds = happened.RoundTripMs.ToString(CultureInfo.InvariantCulture);
        text.Text(language.Pick($"The path takes {milliseconds} ms there and back, over {happened.Hops} routers.",
            $"O caminho leva {milliseconds} ms de ida e volta, por {happened.Hops} roteadores."));

        text.Heading(language.Pick("What happened", "O que aconteceu"));
        AppendSteps(text, happened.Steps);

        string[] captures = [Path.Combine(kept, "client.pcap"), Path.Combine(kept, "server.pcap")];
        (JoinedCapture joined, CaptureDiagnosis diagnosis) = new TwoCaptures(new TraceInput(language) { Files = captures }, language)
            .Join(JoinedDiagnoser.Options, JoinedDiagnoser.Options);
        text.Heading(language.Pick("What captures on both hosts show", "O que mostram as capturas nos dois hosts"));
        text.Text(lesson.LookFor(language));
        if (joined.Connections is [{ Segments.Count: <= LongestLadder } only])
        {
            text.Line("");
            text.Lines(JoinedTextLadder.Draw(JoinedLadder.Of(joined, only, findings: diagnosis.FindingsOf(only.Shown)), _options));
        }

        text.Heading(folder is null ? language.Pick("What trama diagnose says", "O que diz o trama diagnose")
            : $"$ trama diagnose {string.Join(' ', captures)}");
        text.Lines(JoinedDiagnosisText.Draw(joined, diagnosis, folder is null ? ["client.pcap", "server.pcap"] : captures, _options,
            TimeZoneInfo.Local));
        text.Heading($"$ trama diagnose --explain {fault}");
        text.Lines(FindingExplanations.Of(FindingNames.Find(fault)!.Value, _options));
        return text.ToString();
    }

    private void AppendSteps(Paragraphs text, IReadOnlyList<DemonstrationStep> steps)
    {
        foreach (DemonstrationStep step in steps.Take(MostSteps))
        {
            string at = DecimalText.Of((step.At - steps[0].At) / 1e9, "0.000", language);
            text.Line($"{at,8} s  {StepWords.Who(step, language),-8}  {StepWords.What(step, language)}");
        }

        if (steps.Count > MostSteps) text.Line(language.Pick($"            … {steps.Count - MostSteps} more",
            $"            … mais {steps.Count - MostSteps}"), TextStyle.Dim);
    }

    private static void Write(string text)
    {
        using StandardOutputPipe output = StandardOutputPipe.Open();
        output.Write(Encoding.UTF8.GetBytes(text));
    }
}
