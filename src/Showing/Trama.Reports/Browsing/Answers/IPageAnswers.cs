using System.Buffers;
using System.Text.Json;

namespace Trama.Reports.Browsing.Answers;

/// <summary>What answers a page: a capture, or what else can be looked at in it. All members may be called on any thread.</summary>
public interface IPageAnswers
{
    /// <summary>The path of the file that is the page.</summary>
    string Home { get; }

    /// <summary>Answers a question.</summary>
    /// <param name="question">The question.</param>
    /// <param name="output">Takes the answer.</param>
    /// <param name="stop">Ends it early.</param>
    /// <exception cref="OperationCanceledException">It was ended early.</exception>
    AnswerStatus Answer(Question question, IBufferWriter<byte> output, CancellationToken stop = default);

    /// <summary>Writes the members of an object that changes whenever questions may have other answers than before.</summary>
    /// <param name="writer">In an object.</param>
    void WriteState(Utf8JsonWriter writer);
}
