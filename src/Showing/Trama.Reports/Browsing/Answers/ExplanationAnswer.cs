using System.Text.Json;
using Trama.Reports.Findings;

namespace Trama.Reports.Browsing.Answers;

/// <summary>Answers what a finding is.</summary>
internal static class ExplanationAnswer
{
    /// <summary>Writes its page.</summary>
    public static AnswerStatus Write(Utf8JsonWriter writer, Question question)
    {
        if (FindingNames.Find(question.Text("id")) is not { } id) return AnswerStatus.NotThere;
        FindingPage page = FindingPages.Of(id);
        writer.WriteString("id"u8, FindingNames.Of(id));
        writer.WriteString("label"u8, page.Label.In(question.Language));
        writer.WriteString("what"u8, Plain(page.What));
        writer.WriteString("how"u8, Plain(page.How));
        writer.WriteString("cure"u8, Plain(page.Cure));
        writer.WriteString("see"u8, page.See);
        return AnswerStatus.Answered;

        // Line breaks in these texts mean nothing.
        string Plain(Bilingual text) => text.In(question.Language).ReplaceLineEndings(" ");
    }
}
