using System.Security.Cryptography;
using Org.BouncyCastle.Crypto.Modes;
using Org.BouncyCastle.Crypto.Parameters;

namespace Trama.Browser.Ciphers;

/// <summary>Deciphers blocks in CBC mode.</summary>
internal sealed class ManagedChain : ICryptoTransform
{
    private readonly CbcBlockCipher _mode;

    public ManagedChain(CbcBlockCipher mode, byte[] key)
    {
        _mode = mode;
        mode.Init(forEncryption: false, new ParametersWithIV(new KeyParameter(key), new byte[InputBlockSize]));
    }

    /// <inheritdoc/>
    public bool CanReuseTransform => true;

    /// <inheritdoc/>
    public bool CanTransformMultipleBlocks => true;

    /// <inheritdoc/>
    public int InputBlockSize => _mode.GetBlockSize();

    /// <inheritdoc/>
    public int OutputBlockSize => _mode.GetBlockSize();

    /// <inheritdoc/>
    public int TransformBlock(byte[] inputBuffer, int inputOffset, int inputCount, byte[] outputBuffer, int outputOffset)
    {
        for (int done = 0; done < inputCount; done += InputBlockSize)
            _mode.ProcessBlock(inputBuffer, inputOffset + done, outputBuffer, outputOffset + done);
        return inputCount;
    }

    /// <inheritdoc/>
    public byte[] TransformFinalBlock(byte[] inputBuffer, int inputOffset, int inputCount)
    {
        byte[] output = new byte[inputCount];
        TransformBlock(inputBuffer, inputOffset, inputCount, output, 0);
        return output;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // It holds nothing but memory.
    }
}
