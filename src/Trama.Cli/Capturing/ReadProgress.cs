using System.Diagnostics;
using Trama.Captures;
using Trama.Cli.ThisProcess;
using Trama.Framing;
using Trama.Reports;
using Trama.Reports.Text;

namespace Trama.Cli.Capturing;

/// <summary>How far the reading of a capture file has come: how much of how much, how fast, and how long the rest will take.</summary>
internal static class ReadProgress
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// Shows it until what is returned is disposed of; null where nobody would see it. Nothing is asked of those who read.
    /// </summary>
    /// <param name="file">The file.</param>
    /// <param name="path">Its path; <c>-</c> for standard input.</param>
    /// <param name="language">The language.</param>
    public static StatusLine? Show(CaptureFile file, string path, Language language)
    {
        string name = path == "-" ? language.Pick("standard input", "entrada padrão") : VisibleText.Of(Path.GetFileName(path));
        long begun = Stopwatch.GetTimestamp();
        return StatusLine.Start(Interval, () => Text(name, file.BytesRead, file.Size, Stopwatch.GetElapsedTime(begun), language));
    }

    /// <summary>The line for so many bytes that were read in a time.</summary>
    /// <param name="name">The name of the file.</param>
    /// <param name="read">How many bytes were read.</param>
    /// <param name="size">How many there are; null when that is not known.</param>
    /// <param name="time">How long that took.</param>
    /// <param name="language">The language.</param>
    public static string Text(string name, long read, long? size, TimeSpan time, Language language)
    {
        double rate = read / Math.Max(time.TotalSeconds, 0.001);
        string speed = SizeText.Of((long)rate, language) + "/s";
        // A file that is being written may have grown.
        if (size is not { } whole || whole < read)
            return $"{name}: {SizeText.Of(read, language)} {language.Pick("read", "lidos")}, {speed}";
        string share = $"{100 * (Int128)read / Math.Max(whole, 1)} %", of = SizeText.Of(whole, language);
        string left = Left((long)Math.Ceiling((whole - read) / Math.Max(rate, 1)));
        return language.Pick($"{name}: {share} of {of} read, {speed}, {left} left",
            $"{name}: {share} de {of} lidos, {speed}, faltam {left}");
    }

    // Whole seconds: more would be a promise.
    private static string Left(long seconds) => seconds < 60 ? $"{seconds} s"
        : seconds < 3600 ? $"{seconds / 60} min {seconds % 60:00} s"
        : $"{seconds / 3600} h {seconds / 60 % 60:00} min";
}
