using System.Globalization;
using Trama.Cli.CommandLine;
using Trama.Cli.ThisProcess;
using Trama.Diagnosis;
using Trama.Lab.Reenacting;
using Trama.Replay.Again;
using Trama.Reports;
using Trama.Reports.Findings;

namespace Trama.Cli.Commands.Again;

/// <summary>The values of <c>--with</c>.</summary>
internal sealed class ChangeArguments(OptionValues values, Language language)
{
    private const long MostSeconds = 10;
    private const int LeastWindow = 2048, MostWindow = 64 << 20;

    /// <summary>The scene with the changes.</summary>
    /// <exception cref="UserError">One is none, or there is no cure of that kind.</exception>
    public Scene Apply(Scene scene, IReadOnlyList<string> changes, SeenCapture captured)
    {
        foreach (string change in changes) scene = Apply(scene, change, captured);
        return scene;
    }

    private Scene Apply(Scene scene, string change, SeenCapture captured)
    {
        int mark = change.IndexOf('=', StringComparison.Ordinal);
        string name = mark < 0 ? change : change[..mark], value = mark < 0 ? "" : change[(mark + 1)..];
        return (name, mark >= 0) switch
        {
            ("nodelay", false) => scene.WithNoDelay(),
            ("cure", false) => Cure(scene, captured),
            ("loss", true) when double.TryParse(value.TrimEnd('%'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture,
                out double percent) && percent is >= 0 and <= 50 => scene.WithLosses(percent),
            ("rtt", true) when Durations.TryParse(value, out TimeSpan way) && way <= TimeSpan.FromSeconds(MostSeconds) =>
                scene.WithRoundTrip(way.Ticks * TimeSpan.NanosecondsPerTick),
            ("window", true) when Sizes.TryParse(value, out long bytes) && bytes is >= LeastWindow and <= MostWindow =>
                scene.WithWindow((int)bytes),
            _ => throw values.Wrong($"--with: expected loss=0, loss=2%, rtt=5ms, window=1MiB, nodelay or cure, got '{change}'",
                $"--with: esperava loss=0, loss=2%, rtt=5ms, window=1MiB, nodelay ou cure, veio '{change}'"),
        };
    }

    private Scene Cure(Scene scene, SeenCapture captured)
    {
        if (captured.Findings is not [{ Severity: >= Severity.Warning } finding, ..]) throw new UserError(language.Pick(
            "nothing went wrong on this connection: there is nothing to cure", "nada deu errado nesta conexão: não há o que curar"));
        return Cures.Apply(scene, Remedies.Of(finding.Id)) ?? throw new UserError(language.Pick(
            $"{FindingNames.Of(finding.Id)} has no cure in path, window or pace: a program or a host must be changed",
            $"{FindingNames.Of(finding.Id)} não tem cura em caminho, janela ou ritmo: é preciso mudar um programa ou um host"));
    }
}
