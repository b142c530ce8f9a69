using Trama.Cli.ThisProcess;
using Trama.Reports;
using Trama.Rows.Sql;

namespace Trama.Cli.Commands.Querying;

/// <summary>Prints the questions that have a name: what each asks, and its text.</summary>
internal static class QuestionList
{
    /// <summary>Prints them.</summary>
    public static int Print(Language language)
    {
        foreach (Question question in Question.All)
        {
            Console.Out.Write($"@{question.Name}: {language.Pick(question.English, question.Portuguese)}\n\n");
            foreach (string line in question.Sql.Split('\n')) Console.Out.Write($"    {line}\n");
            Console.Out.Write("\n");
        }

        return ExitCode.Done;
    }
}
