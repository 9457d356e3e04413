"""What is said to the user: claims, numbers and kernels in the words of their language."""
