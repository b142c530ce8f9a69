using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace Trama.Reports.Browsing.Answers;

/// <summary>How answers to a page are written.</summary>
public static class AnswerJson
{
    /// <summary>Letters of all scripts as they are; what markup could be made of, and what turns the direction of text, by its
    /// number.</summary>
    public static JsonWriterOptions Options { get; } = new() { Encoder = Readable() };

    private static JavaScriptEncoder Readable()
    {
        var letters = new TextEncoderSettings(UnicodeRanges.All);
        letters.ForbidCharacters('\u061c', '\u200e', '\u200f');
        letters.ForbidRanges(UnicodeRange.Create('\u202a', '\u202e'), UnicodeRange.Create('\u2066', '\u2069'));
        return JavaScriptEncoder.Create(letters);
    }
}
