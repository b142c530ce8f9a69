using System.Globalization;
using Trama.Tracing;

namespace Trama.Reports.Follow;

/// <summary>Names bytes that are missing from a stream.</summary>
public static class GapWords
{
    /// <summary>How many bytes are missing and why, in brackets.</summary>
    public static string Of(long bytes, GapReason reason, Language language)
    {
        string count = bytes.ToString(CultureInfo.InvariantCulture);
        string what = bytes == 1 ? language.Pick("1 byte is missing", "falta 1 byte")
            : language.Pick($"{count} bytes are missing", $"faltam {count} bytes");
        string why = reason switch
        {
            GapReason.NotCaptured => language.Pick("they arrived, but the capture does not have them",
                "chegaram, mas não estão na captura"),
            GapReason.Cut => language.Pick("the snapshot length cut them off", "cortados pelo tamanho de captura"),
            GapReason.Limit => language.Pick("too much was waiting for them", "havia dados demais à espera deles"),
            _ => language.Pick("the capture ends before they came", "a captura termina antes de chegarem"),
        };
        return $"[{what}: {why}]";
    }
}
